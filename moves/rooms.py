INIT={
"model/kernel":"What makes the model fast: compilation, rows by address, prefetching, random numbers and keys.\n\nThe only room that knows Numba and llvmlite. Touch it only with the benchmark at hand.\n",
"model/evidence":"What is known: how a number and a lever are declared, the sources, the causal graph.\n\nGround floor: everything that declares a number stands on it, it imports nothing of the model.\n",
"model/policy":"What policy changes: scenarios, the timetable of a run, and the channels of an effect.\n\nNew levers are declared in `model/submodels/`; here they only get their months and groups.\n",
"model/outcomes":"What is observed: outcomes and groups, sums, observers, and the tidy table.\n\nA new outcome is declared in `registry.py` and added up in `observe.py`.\n",
"model/network":"Who knows whom: acquaintances, key persons, municipalities that learn from each other.\n\nLaid down before the run; no policy may move a tie.\n",
"model/population":"Who the families are at the start or on arrival: ODD initialisation.\n\n`origin` may be read here and in reports, nowhere else. What a rule says, ask the rule.\n",
"model/submodels":"What happens to a family in a month, one folder per subject.\n\nIn each: `parameters.py` numbers, `levers.py` instruments, `rules*.py` the science as pure\nfunctions, and the steps that read a row, call rules and write a row. A subject is changed in its\nfolder, its tests in the same one under `tests/`.\n",
"model/submodels/work":"Work: contracts, the end of jobs, hours, pay and poverty.\n",
"model/submodels/rights":"Rights: unpaid wages, unlawful eviction, and claims.\n",
"model/submodels/housing":"Housing: homes tied to work, moves, crowding.\n",
"model/submodels/stay":"Stay: the wish to settle, a while abroad, leaving for good.\n",
"model/submodels/contact":"Contact: information, key persons, peers, registration, care, municipal practice.\n",
"model/submodels/language":"Dutch of the parents: by living here, by courses, by employers.\n",
"model/submodels/early_years":"Early years: birth, youth health care, preschool, language at home.\n",
"model/submodels/school":"School: enrolment, absence, learning, advice, tracks and leaving.\n",
"scenarios/files":"Scenario files: TOML read, checked, laid over each other, written and explained to editors.\n\nGround floor of this package. Every refusal says where, what was found and what is allowed.\n",
"scenarios/store":"Run folders: what a run leaves on disk, described by itself, whole or not at all.\n\nReaders use what the folder holds, never today's registry.\n",
"scenarios/runs":"Ensembles: the same families under every scenario, on cores or on a cluster.\n\nNumbers depend on seeds and settings only, never on where or in which order a task ran.\n",
"scenarios/disclosure":"Small groups: which cells are hidden, and what would give them away.\n\nNo table, figure or file leaves this program without asking here.\n",
"scenarios/statistics":"How sure we are: paired differences, intervals, parameters not known, when to stop.\n",
"scenarios/pairs":"Two lives of the same family: pairs, twins, causes, reach, attribution, the pairing audit.\n",
"calibration/targets":"Published figures, and how the model comes to each of them.\n",
"calibration/monitors":"What is watched in a run beside its outcomes, to hold it against figures and patterns.\n",
"calibration/patterns":"The patterns that a run must show before it may be used.\n",
"dashboards/texts":None,
"dashboards/figures":"Figures: pure functions from tidy tables to Plotly figures, and the tables behind them.\n\n`registry.py` says which figures there are.\n",
"dashboards/pages/explore":"The first page: two scenarios side by side, with levers to move.\n\n`view.py` is pure, `state.py` what a visitor chose, `page.py` what Solara draws.\n",
"dashboards/service":"Runs for the pages: one per question, for everybody who asks it; and who may ask.\n",
"dashboards/report":"A report to hand over: one HTML file that needs no network.\n",
"dashboards/documents":"Pages of `docs/` that are made from the program: `python -m dashboards.documents`.\n",
}
INIT["dashboards/commands/pairs"]="Commands on the same family under two policies: twins, reach, attribution.\n"
INIT["model/run"]="How a run goes: people laid down, the schedule of a month, the engine that walks all rows.\n\nSet up, live, look, live again. The science is in `model/submodels/`, none of it here.\n"
INIT["scenarios/authoring"]="Scenarios made and told: composed in Python, written as files, described to editors, compared.\n"
INIT["scenarios/files"]="Scenario files: TOML read, checked and laid over each other.\n\nGround floor of this package. Every refusal says where, what was found and what is allowed.\n"
INIT={k:v for k,v in INIT.items() if v}
DOCS={
"model.calendar":"Months, ages and the school year, once for everybody.\n\nThe run's month 0 is the start month; the calendar counts months since the year 0. Ages are in\nmonths. A school year runs from 1 August to 31 July (mechanism map 3b, source S94).\n",
"model.registry":"Every number and every lever that the rooms declare, as one ledger each.\n\n`Parameters()` is the uncalibrated default. Levers are what policy chooses, parameters what the\nworld is. Their order is the order of bits and records: append, never renumber.\n",
"model.evidence.declaring":"How a lever, and anything else that is a field of a class, is declared and named.\n\nA lever says what can be set, between which values, on what standing. It is a field of a class\n`Levers[T]` and has the name of that field. The class then says of any object that holds one `T`\nfor each lever what may be asked of it, so that a type checker refuses a name that is misspelt.\n\nA lever's base is its value in 2023; its reform value is what the letter or the researchers\npropose. The status says who stands behind it: K the cabinet does it or commits to it, W it is a\nbill, R only the researchers suggest it, N the cabinet limits or declines it. `grade` is the grade\nof the two values, `effect_grade` that of the size of what follows. Source of the list: mechanism\nmap of the letter, section 5 (docs/evidence.md).\n",
"model.network.municipalities":"Municipalities that learn from each other.",
"model.submodels.school.letter_groups":"Which of the three groups of the letter a child belongs to.",
"model.submodels.school.rules_attendance":"Enrolment, newcomer support, hours alone and absence (mechanism map e20-e49, 3b).",
"model.submodels.school.rules_learning":"Language and learning of a month, and what helps or costs (mechanism map e20-e49).",
"model.submodels.school.rules_tracks":"Advice, tracks and promotion (mechanism map e20-e49, 3b).",
"model.submodels.school.rules_leaving":"Who counts as an early leaver, and who leaves (mechanism map e20-e49, 3b).",
"model.submodels.work.hours_and_income":"Shifts, hours, income and roster of a month.",
"model.submodels.work.jobs":"The month at work: limits of the law, the end of jobs, hiring.",
}

DOCS["model.submodels.school.scores"]="What a child would score, and the track that goes with it."

DOCS["dashboards.commands.show"]="The pages and the report, from the terminal."
DOCS["dashboards.commands.checks"]="The model held against what is published, and the pairing audit, in the terminal."

DOCS["scenarios.store.records"]="What one run leaves: its sums, and what made it."

INIT["model/disk"]="What the model keeps on disk: files that are whole or not there, the cache, arrays in one file.\n\nKnows no state and no run; whoever writes a file writes it through here.\n"
INIT["scenarios/format"]="How a run folder is written: `run.json`, parts of numbers, seals, and the older format.\n\nA stored thing describes itself; what was changed or lost since is found here.\n"
INIT["scenarios/store"]="Run folders: opened, locked, resumed, listed and asked for numbers.\n\nReaders use what the folder holds, never today's registry.\n"
INIT["model/run"]="How a run goes: people laid down, the schedule of a month, the engine that walks all rows.\n\nSet up, look, live, keep, live again. The science is in `model/submodels/`, none of it here.\n"
DOCS["scenarios.format.records"]="What one run leaves: its sums, their digest, and what made it."
DOCS["model.disk.shelf"]="What lies in the cache under a key: put there, and got back whole or not at all.\n\n    shelf.get(\"answers\", key), shelf.put(\"answers\", key, content)\n"
INIT["dashboards/pages"]="Pages, one folder per question a visitor has.\n"
INIT["dashboards/commands/pairs"]="Commands on the same family under two policies: twins, reach, attribution, cohorts.\n"
