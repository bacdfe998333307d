"""The new house: where every file goes. Old path -> new path."""
M={}
def folder(new, **files):
    for old_new in files.items(): pass
def put(base, pairs):
    for old,new in pairs.items(): M[old]=f"{base}/{new}"

# ---- model ---------------------------------------------------------------
put("model",{
 "model/month.py":"schedule.py","model/population.py":"build.py",
})
put("model/kernel",{"model/compiled.py":"compile.py","model/world.py":"rows.py","model/ahead.py":"prefetch.py","model/draws.py":"random_numbers.py","model/keys.py":"keys.py"})
put("model/evidence",{"model/ledger.py":"ledger.py","model/named.py":"named.py"})
put("model/policy",{"model/scenario.py":"scenario.py","model/timetable.py":"timetable.py","model/channels.py":"channels.py"})
put("model/outcomes",{"model/outcomes.py":"registry.py","model/observe.py":"observe.py","model/tables.py":"tidy.py","model/sums.py":"sums.py","model/observers.py":"observers.py"})
put("model/network",{"model/network.py":"acquaintances.py","model/ties.py":"ties.py","model/key_persons.py":"key_persons.py","model/graphs.py":"graphs.py","model/parameters/network.py":"parameters.py"})
put("model/population",{"model/households.py":"households.py","model/household_ages.py":"ages_of_children.py","model/population_origins.py":"origins.py","model/population_home.py":"homes.py","model/population_work.py":"work.py","model/population_children.py":"children.py","model/schools.py":"schools.py","model/population_first.py":"first_month.py","model/decks.py":"stratified_assignment.py","model/parameters/population.py":"parameters.py","model/parameters/population_start.py":"parameters_start.py","model/rules/population.py":"rules.py"})
SUB=("work","rights","housing","stay","contact","language","early_years","school")
for s in SUB:
    M[f"model/parameters/{s}.py"]=f"model/submodels/{s}/parameters.py"
    M[f"model/rules/{s}.py"]=f"model/submodels/{s}/rules.py"
    M[f"model/steps/{s}.py"]=f"model/submodels/{s}/steps.py"
M["model/steps/children.py"]="model/submodels/children.py"
M["model/steps/school_year.py"]="model/submodels/school/year.py"
M["model/steps/school.py"]="model/submodels/school/month.py"
M["model/steps/__init__.py"]="model/submodels/__init__.py"
DELETE=["model/rules/__init__.py","scenarios/phrases_.py"]

# ---- scenarios -----------------------------------------------------------
put("scenarios/files",{"scenarios/files.py":"load.py","scenarios/header.py":"header.py","scenarios/entries.py":"changes.py","scenarios/values.py":"values.py","scenarios/targets.py":"target_groups.py","scenarios/merge.py":"extends.py","scenarios/composing.py":"compose.py","scenarios/write.py":"template.py","scenarios/schema.py":"json_schema.py","scenarios/differences.py":"differences.py","scenarios/reading.py":"checks.py","scenarios/lines.py":"positions.py"})
put("scenarios/store",{"scenarios/store.py":"run_folder.py","scenarios/resume.py":"resume.py","scenarios/parts.py":"parquet.py","scenarios/results.py":"query.py","scenarios/listing.py":"list_runs.py","scenarios/locks.py":"lock.py","scenarios/record.py":"scenario_record.py"})
put("scenarios/runs",{"scenarios/ensemble.py":"run.py","scenarios/executor.py":"schedule.py","scenarios/places.py":"places.py","scenarios/local.py":"local.py","scenarios/cluster.py":"dask.py","scenarios/living.py":"task.py","scenarios/chance.py":"parameter_samples.py","scenarios/verify.py":"verify.py","scenarios/warm.py":"warm.py"})
put("scenarios/disclosure",{"scenarios/small_cells.py":"rules.py","scenarios/suppression.py":"suppress.py","scenarios/disclosure.py":"secondary.py","scenarios/sizing.py":"cell_sizes.py"})
put("scenarios/statistics",{"scenarios/cells.py":"ratio_estimates.py","scenarios/statistics.py":"paired.py","scenarios/not_knowing.py":"parameter_uncertainty.py","scenarios/anytime.py":"confidence_sequence.py","scenarios/settle.py":"stopping_rule.py","scenarios/overview.py":"overview.py"})
put("scenarios/pairs",{"scenarios/worlds.py":"pair.py","scenarios/trace.py":"cause.py","scenarios/twins.py":"twin_lives.py","scenarios/life.py":"life_events.py","scenarios/telling.py":"find_twins.py","scenarios/exposure.py":"reach.py","scenarios/unreached.py":"why_not_reached.py","scenarios/audit.py":"pairing_audit.py","scenarios/attribution.py":"attribution.py","scenarios/attribution_file.py":"attribution_file.py","scenarios/cohorts.py":"cohorts.py"})
# ---- calibration ---------------------------------------------------------
put("calibration/targets",{"calibration/targets.py":"targets.py","calibration/links.py":"links.py"})
put("calibration/monitors",{"calibration/tally.py":"measures.py","calibration/watch.py":"families.py","calibration/watch_children.py":"children.py","calibration/watch_work.py":"work.py","calibration/observed.py":"observed.py"})
put("calibration/patterns",{"calibration/check.py":"check.py","calibration/patterns.py":"order.py","calibration/patterns_school.py":"school.py","calibration/patterns_work.py":"work.py"})
put("calibration",{"calibration/reading.py":"readers.py"})
# ---- dashboards ----------------------------------------------------------
put("dashboards/texts",{"dashboards/i18n/__init__.py":"__init__.py","scenarios/explain.py":"scenario_words.py","scenarios/phrases.py":"phrases.py"})
put("dashboards/figures",{"dashboards/sheets.py":"registry.py","dashboards/series.py":"series.py","dashboards/panels.py":"panels.py","dashboards/figures.py":"lines.py","dashboards/figures_differences.py":"differences.py","dashboards/figures_twins.py":"twin_lives.py","dashboards/tables.py":"tables.py"})
put("dashboards/pages/explore",{"dashboards/pages/explore.py":"page.py","dashboards/pages/parts.py":"view.py","dashboards/state.py":"state.py","dashboards/fields.py":"controls.py","dashboards/board.py":"page_levers.py","dashboards/summary.py":"summary.py"})
put("dashboards/service",{"dashboards/guard.py":"guard.py","dashboards/service.py":"jobs.py","dashboards/runner.py":"runner.py","dashboards/catalogue.py":"catalogue.py","dashboards/results.py":"use_results.py"})
put("dashboards/report",{"dashboards/report.py":"report.py","dashboards/report_figures.py":"sections.py","dashboards/report_words.py":"words.py"})
put("dashboards/documents",{"dashboards/recommendations_page.py":"recommendations.py","calibration/evidence_page.py":"evidence.py"})
put("dashboards",{"scenarios/exports.py":"exports.py"})
put("dashboards/commands/pairs",{f"dashboards/commands/{n}.py":f"{n}.py" for n in ("twins","reach","attribute","cohorts")})
M["model/units.py"]="model/outcomes/units.py"

DATA={
 "model/sources.toml":"model/evidence/sources.toml",
 "dashboards/page.css":"dashboards/pages/explore/page.css",
 "dashboards/recommendations.toml":"dashboards/documents/recommendations.toml",
 "calibration/evidence_introduction.md":"dashboards/documents/evidence_introduction.md",
 "dashboards/i18n/nl.toml":"dashboards/texts/nl.toml","dashboards/i18n/en.toml":"dashboards/texts/en.toml",
 "dashboards/templates/handout.css":"dashboards/report/templates/handout.css",
 "dashboards/templates/handout.html":"dashboards/report/templates/handout.html",
}
DIRS={"dashboards/templates":"dashboards/report/templates","dashboards/i18n":"dashboards/texts"}

# ---- carves: module -> {"rest": path, "to": {path: names}} ------------------
def has(*parts): return lambda n: any(p in n for p in parts)
CARVE={
 "model.ages":{"rest":"model/calendar.py","to":{}},
 "model.clock":{"rest":"model/calendar.py","to":{}},
 "model.levers":{"rest":"model/registry.py","to":{"model/evidence/declaring.py":["Kind","Status","EXTRA_EDUCATION_TARGETS","Lever"]}},
 "model.parameters":{"rest":"model/registry.py","to":{}},
 "model.ledger":{"rest":"model/evidence/ledger.py","to":{"model/registry.py":["checked"]}},
 "model.network":{"rest":"model/network/acquaintances.py","to":{"model/network/municipalities.py":["learning_weights","PROVINCES"]}},
 "model.household_ages":{"rest":"model/population/ages_of_children.py","to":{"model/submodels/school/letter_groups.py":["letter_group","STAY_LATE_YEARS"]}},
 "model.engine":{"rest":"model/engine.py","to":{"model/state.py":["CHUNK"]}},
 "model.state":{"rest":"model/state.py","to":{}},
 "model.rules.school":{"rest":"model/submodels/school/rules_tracks.py","to":{
   "model/submodels/school/rules_attendance.py":["must_enrol","p_enrols_month","newcomer_months_at_entry","is_school_funded","is_outside_care_hours","may_be_alone","home_alone_hours","alone_share","absent_days_month","absent_days_drawn","absent_normal_month","SCHOOL_MONTHS","CARE_USUAL"],
   "model/submodels/school/rules_learning.py":["language_change_month","learning_change_month","crowding_change_month","gets_extra_hours","newcomer_gain_year","kept_month_of_gains","kept_month_of_change","share_kept","faded","dutch_after_change","effect_of_change","is_spell_now_long","learning_after_job_loss","learning_after_insecure_month","dutch_after_years","learning_lost_by_dutch","belonging_since_arrival","belonging_next_month","belonging_after_change","is_programme_running","focus_area_hours","extra_hours_gain_month"],
   "model/submodels/school/rules_leaving.py":["is_counted_for_vsv","leaving_intercept","p_leave_year"]}},
 "model.steps.work":{"rest":"model/submodels/work/jobs.py","to":{"model/submodels/work/hours_and_income.py":["_set_shift","_work_hours","_income_and_roster","wage_of","_repay","set_income","set_roster","LONGEST_SPELL","_children_at_home"]}},
 "model.sums":{"rest":"model/outcomes/sums.py","to":{"model/outcomes/registry.py":["NUMERATOR","DENOMINATOR"]}},
 "model.outcomes":{"rest":"model/outcomes/registry.py","to":{}},
}
M.pop("model/rules/school.py"); M.pop("model/steps/work.py")

LEVER_ROOM={}
for room,names in {
 "work":"zero_hours_abolished bandwidth_extra_max bandwidth_period_weeks agency_phase_a_weeks agency_phase_b_months agency_equal_terms chain_interval_months flex_displacement min_hours_cut",
 "registry":"reform_start",
 "rights":"legal_help_access inspection_intensity",
 "housing":"housing_decoupled housing_grace_weeks",
 "stay":"permanence_signal",
 "contact":"info_point_coverage info_contact_rate digital_info_reach brabant_model_share registration_outreach care_access_level culture_sensitive_share codesign_level key_persons_per_1000 key_person_target pharos_reach knowledge_sharing_rate vng_support_capacity border_family_share cross_border_coordination",
 "language":"web_places_per_100 course_hours civic_loan_max_eur civic_loan_window_months employer_language_share oo_language_budget_eur services_wait_months",
 "early_years":"ve_guidance_level ve_eligibility_share ve_hours_total spuk_focus_boost spuk_end_year jgz_referral_strength taalschatten_reach vocab_programme_reach",
 "school":"childcare_open_hour childcare_close_hour school_contact_share extra_education_hours extra_education_target newcomer_months_po newcomer_months_vo newcomer_threshold_pupils",
}.items():
    for n in names.split(): LEVER_ROOM[n]=room

STAY={f"{p}/__init__.py" for p in("model","scenarios","calibration","dashboards","dashboards/commands","dashboards/components","dashboards/pages")}|{
 "model/simulation.py","model/family_model.py","model/agents.py","model/engine.py","model/enums.py","model/errors.py","model/state.py","model/settings.py",
 "calibration/validate.py","calibration/sources.py",
 "dashboards/app.py","dashboards/cli.py","dashboards/serve.py","dashboards/mesa_viz.py"}|{
 f"dashboards/commands/{n}.py" for n in "arguments compare files lists numbers results run cache shared".split()}|set(DELETE)

# ---- a guess for files that others made meanwhile -----------------------------
import re
RULES=[
 (r"model/parameters/(\w+)\.py",r"model/submodels/\1/parameters.py"),
 (r"model/rules/(\w+)\.py",r"model/submodels/\1/rules.py"),
 (r"model/steps/(work|rights|housing|stay|contact|language|early|school)_(\w+)\.py",r"model/submodels/\1/\2.py"),
 (r"model/steps/(\w+)\.py",r"model/submodels/\1/steps.py"),
 (r"model/population_(\w+)\.py",r"model/population/\1.py"),
 (r"model/(snapshot|copies|cache\w*|evaluate\w*|rows|types|records)\.py",r"model/\1.py"),
 (r"model/(outcome\w*|observ\w*|sum\w*|table\w*)\.py",r"model/outcomes/\1.py"),
 (r"scenarios/(store|folder|manifest|series|part|card|digest|record|resume|cache|atomic|damage|format)(\w*)\.py",r"scenarios/store/\1\2.py"),
 (r"scenarios/(evaluate|harness|run|seed|sample)(\w*)\.py",r"scenarios/runs/\1\2.py"),
 (r"scenarios/(difference|answer|years|numbers|interval)(\w*)\.py",r"scenarios/statistics/\1\2.py"),
 (r"scenarios/(pair|twin|reach|life|cause)(\w*)\.py",r"scenarios/pairs/\1\2.py"),
 (r"scenarios/(\w+)\.py",r"scenarios/files/\1.py"),
 (r"calibration/(watch|monitor)(\w*)\.py",r"calibration/monitors/\1\2.py"),
 (r"calibration/patterns_(\w+)\.py",r"calibration/patterns/\1.py"),
 (r"dashboards/figures_(\w+)\.py",r"dashboards/figures/\1.py"),
 (r"dashboards/report_(\w+)\.py",r"dashboards/report/\1.py"),
 (r"dashboards/pages/(\w+)\.py",r"dashboards/pages/\1/page.py"),
]
class Guess:
    stay=STAY
    def __call__(self,f):
        for a,b in RULES:
            if re.fullmatch(a,f): return re.sub(a,b,f)
        return f
guess=Guess()
ORDER=["model/clock.py","model/ages.py","model/levers.py","model/parameters/__init__.py","model/ledger.py","model/outcomes.py","model/sums.py","model/state.py","model/engine.py"]
TESTS={
 "tests/model/test_levers.py":"tests/model/submodels/test_levers.py",
 "tests/model/test_parameters.py":"tests/model/evidence/test_parameters.py",
 "tests/model/test_population.py":"tests/model/population/test_population.py",
 "tests/model/test_origin.py":"tests/model/population/test_origin.py",
 "tests/model/test_network.py":"tests/model/network/test_network.py",
 "tests/model/test_law.py":"tests/model/submodels/test_law.py",
 "tests/model/test_rules.py":"tests/model/submodels/test_rules.py",
 "tests/model/test_rule_calls.py":"tests/model/submodels/test_rule_calls.py",
 "tests/model/test_formulas.py":"tests/model/submodels/test_formulas.py",
 "tests/model/test_school_law.py":"tests/model/submodels/test_school_law.py",
 "tests/model/test_queues.py":"tests/model/submodels/test_queues.py",
 "tests/scenarios/test_extending.py":"tests/scenarios/files/test_extends.py",
 "tests/scenarios/test_library.py":"tests/scenarios/files/test_library.py",
 "tests/scenarios/test_mistakes.py":"tests/scenarios/files/test_mistakes.py",
 "tests/scenarios/test_pitfalls.py":"tests/scenarios/pairs/test_pitfalls.py",
 "tests/scenarios/test_store_kill.py":"tests/scenarios/store/test_kill.py",
 "tests/scenarios/test_store_verify.py":"tests/scenarios/runs/test_verify.py",
 "tests/scenarios/test_suppression_exports.py":"tests/scenarios/disclosure/test_exports.py",
 "tests/dashboards/test_commands_compare.py":"tests/dashboards/commands/test_compare.py",
 "tests/dashboards/test_commands_pairs.py":"tests/dashboards/commands/test_pairs.py",
 "tests/dashboards/test_terminal.py":"tests/dashboards/commands/test_terminal.py",
 "tests/dashboards/test_explore.py":"tests/dashboards/pages/explore/test_page.py",
 "tests/dashboards/test_i18n.py":"tests/dashboards/texts/test_texts.py",
 "tests/scenarios/test_explain.py":"tests/dashboards/texts/test_scenario_words.py",
}
STAY|={"scenarios/destinations.py","tests/structure.py","scenarios/aliases.py","scenarios/whole.py","dashboards/commands/terminal.py"}

CARVE["model.steps.school_year"]={"rest":"model/submodels/school/year.py","to":{"model/submodels/school/scores.py":["score","track_of"]}}
M.pop("model/steps/school_year.py")

CARVE|={
 "dashboards.commands.dashboard":{"rest":"dashboards/commands/show.py","to":{}},
 "dashboards.commands.report":{"rest":"dashboards/commands/show.py","to":{}},
 "dashboards.commands.validate":{"rest":"dashboards/commands/checks.py","to":{}},
 "dashboards.commands.audit":{"rest":"dashboards/commands/checks.py","to":{}},
}

CARVE["scenarios.living"]={"rest":"scenarios/runs/task.py","to":{"scenarios/store/records.py":["Run","PACKAGES","made_by"]}}
M.pop("scenarios/living.py")

CARVE["model.population_work"]={"rest":"model/population/work.py","to":{"model/enums.py":["FLEXIBLE"]}}
CARVE["model.schools"]={"rest":"model/population/schools.py","to":{"model/enums.py":["BRABANT"]}}
for k in ("model/population_work.py","model/schools.py","model/named.py"): M.pop(k)
CARVE["model.named"]={"rest":"model/evidence/declaring.py","to":{}}
ORDER[:0]=["model/enums.py","model/named.py"]

M["scenarios/ask.py"]="scenarios/statistics/ask.py"
for n in ("answer","answers"): M[f"scenarios/{n}.py"]=f"scenarios/statistics/{n}.py"
M["dashboards/report_channels.py"]="dashboards/report/channels.py"
TESTS|={"tests/dashboards/test_commands_exports.py":"tests/dashboards/commands/test_exports.py","tests/model/test_rows.py":"tests/model/submodels/test_rows.py"}

# how a run goes: a room of its own, as the top folder got too many files
put("model/run",{"model/simulation.py":"simulation.py","model/relive.py":"relive.py","model/settings.py":"settings.py","model/population.py":"build.py","model/snapshot.py":"snapshot.py"})
M["model/rows.py"]="model/family_rows.py"
CARVE["model.engine"]={"rest":"model/run/engine.py","to":{"model/state.py":["CHUNK"],"model/run/schedule.py":["enter"]}}
CARVE["model.month"]={"rest":"model/run/schedule.py","to":{}}
CARVE["model.steps.children"]={"rest":"model/run/schedule.py","to":{}}
for k in ("model/month.py","model/steps/children.py","scenarios/worlds.py","model/snapshot.py"): M.pop(k,None)
STAY-={"model/simulation.py","model/engine.py","model/settings.py"}
ORDER+=["model/month.py","model/steps/children.py"]
M["scenarios/harness.py"]="scenarios/runs/harness.py"
M["scenarios/pair.py"]="scenarios/pairs/pair.py"
RULES.insert(0,(r"model/(snapshot|copies)\.py",r"model/run/\1.py"))

M["model/luck.py"]="model/luck.py"
STAY|={f"model/measuring/{n}.py" for n in ("__init__","counting","floor","months","plain")}

# reading and writing of scenarios are two rooms
for a,b in {"composing":"compose","write":"template","schema":"json_schema","differences":"differences","toml_text":"toml_text"}.items(): M[f"scenarios/{a}.py"]=f"scenarios/authoring/{b}.py"
for n in ("beyond","left_out","letter"): M[f"scenarios/{n}.py"]=f"scenarios/files/{n}.py"
CARVE["scenarios.attribution"]={"rest":"scenarios/pairs/attribution.py","to":{}}
CARVE["scenarios.attribution_file"]={"rest":"scenarios/pairs/attribution.py","to":{}}
for k in ("scenarios/attribution.py","scenarios/attribution_file.py"): M.pop(k)
ORDER+=["scenarios/attribution.py","scenarios/attribution_file.py"]
STAY|={"dashboards/commands/loading.py","dashboards/notes.py"}

M["scenarios/toml_text.py"]="scenarios/files/toml_text.py"
for n in ("beyond","letter"): M[f"scenarios/{n}.py"]=f"scenarios/authoring/{n}.py"

# ---- 26 Nov: what came since --------------------------------------------------
# disk: what the model itself reads and writes
put("model/disk",{"model/cache.py":"cache.py","model/whole.py":"whole.py","model/packing.py":"packing.py"})
put("model/run",{"model/checks.py":"checks.py","model/loops.py":"loops.py","model/snapshot.py":"snapshot.py"})
put("model/policy",{"model/record.py":"record.py"})
put("model/evidence",{"model/prior.py":"prior.py"})
CARVE["model.population"]={"rest":"model/run/build.py","to":{}}
CARVE["model.populations"]={"rest":"model/run/build.py","to":{}}
CARVE["model.loops"]={"rest":"model/run/loops.py","to":{"model/state.py":["CHUNK"]}}
CARVE["model.engine"]={"rest":"model/run/engine.py","to":{}}
CARVE["model.household_ages"]={"rest":"model/population/households.py","to":{"model/calendar.py":["NO_CHILD"],"model/submodels/school/letter_groups.py":["letter_group","STAY_LATE_YEARS"]}}
CARVE["model.households"]={"rest":"model/population/households.py","to":{"model/calendar.py":["NEVER"]}}
for k in ("model/population.py","model/loops.py","model/household_ages.py","model/households.py"): M.pop(k,None)
ORDER+=["model/population.py","model/populations.py","model/households.py","model/household_ages.py","model/loops.py"]
STAY|={"model/aliases.py","model/measuring/work.py","model/luck.py"}
# a run folder: how it is kept, and how it is written
put("scenarios/format",{"scenarios/manifest.py":"manifest.py","scenarios/parts.py":"parts.py","scenarios/parquet.py":"parquet.py","scenarios/sealed.py":"sealed.py","scenarios/damage.py":"damage.py","scenarios/format_2.py":"format_2.py","scenarios/layout.py":"layout.py"})
for k in ("scenarios/record.py",): M.pop(k)
M["scenarios/kept.py"]="scenarios/runs/kept.py"
CARVE["scenarios.living"]={"rest":"scenarios/runs/task.py","to":{"scenarios/format/records.py":["Run","PACKAGES","made_by","run_digest"]}}
CARVE["scenarios.chance"]={"rest":"scenarios/runs/parameter_samples.py","to":{"scenarios/format/records.py":["draw_of"]}}
CARVE["scenarios.small_cells"]={"rest":"scenarios/disclosure/rules.py","to":{"scenarios/format/layout.py":["SIZED_AS"]}}
CARVE["scenarios.layout"]={"rest":"scenarios/format/layout.py","to":{}}
for k in ("scenarios/chance.py","scenarios/small_cells.py","scenarios/layout.py"): M.pop(k)
ORDER+=["scenarios/living.py","scenarios/chance.py","scenarios/small_cells.py","scenarios/layout.py"]
put("dashboards/texts",{"dashboards/numbers.py":"numbers.py","dashboards/answer_words.py":"answer_words.py","dashboards/notes.py":"notes.py"})
STAY-={"dashboards/notes.py"}
STAY|={"dashboards/commands/comparisons.py"}
put("dashboards/documents",{"calibration/priors.py":"priors.py"})
STAY|={"calibration/targets/__init__.py"}
TESTS|={
 "tests/scenarios/test_store_formats.py":"tests/scenarios/format/test_format_2.py",
 "tests/scenarios/test_store_manifest.py":"tests/scenarios/format/test_manifest.py",
 "tests/scenarios/test_store_tampering.py":"tests/scenarios/format/test_tampering.py",
 "tests/scenarios/test_store_paths.py":"tests/scenarios/store/test_paths.py",
 "tests/scenarios/test_lay_over.py":"tests/scenarios/files/test_lay_over.py",
 "tests/scenarios/test_mistakes_together.py":"tests/scenarios/files/test_mistakes_together.py",
 "tests/model/test_copies.py":"tests/model/run/test_copies.py",
 "tests/dashboards/test_commands_cache.py":"tests/dashboards/commands/test_cache.py",
 "tests/dashboards/test_commands_files.py":"tests/dashboards/commands/test_files.py",
 "tests/dashboards/test_commands_stored.py":"tests/dashboards/commands/test_stored.py",
}

CARVE["model.engine"]["to"]["model/state.py"]=["Moment"]
M.pop("model/cache.py"); M.pop("model/whole.py")
CARVE["model.cache"]={"rest":"model/disk/cache.py","to":{"model/disk/shelf.py":["get","put","_path","_opened","_TITLE"]}}
CARVE["model.whole"]={"rest":"model/disk/whole.py","to":{"model/disk/cache.py":["PARTIAL"]}}
ORDER+=["model/cache.py","model/whole.py"]

CARVE["model.loops"]={"rest":"model/run/engine.py","to":{"model/state.py":["CHUNK"],"model/run/schedule.py":["enter"]}}
CARVE["model.ledger"]["to"]["model/registry.py"].append("check_number")
M.pop("model/prior.py")
CARVE["model.prior"]={"rest":"model/evidence/ledger.py","to":{}}
ORDER[:0]=["model/prior.py"]
DATA["calibration/priors_introduction.md"]="dashboards/documents/priors_introduction.md"
STAY|={f"calibration/targets/{n}.py" for n in ("figures","quantities","reader","links","links_old")}

put("dashboards/commands/pairs",{"dashboards/commands/cohorts.py":"cohorts.py"})
