"""What a child would score, and the track that goes with it."""

from __future__ import annotations

from model.kernel.compile import step
from model.registry import ParameterRow
from model.state import ChildRow
from model.submodels.school import rules_tracks as rules


@step
def score(child: ChildRow) -> float:
    """Return the effective score in SD: learning, gains, and losses from changes and crowding."""
    learned = child.learning_z + child.gain_learning
    return float(learned + child.change_effect + child.crowding_effect)


@step
def track_of(value: float, p: ParameterRow) -> int:
    """Return the track (enum Track) of a score in SD."""
    return rules.track_of_score(
        score=value,
        vmbo_b=p.threshold_vmbo_b,
        vmbo_k=p.threshold_vmbo_k,
        vmbo_gt=p.threshold_vmbo_gt,
        havo=p.threshold_havo,
        vwo=p.threshold_vwo,
    )


@step
def after_diploma(stage: int, luck: float, p: ParameterRow) -> int:
    """Return the stage (enum Stage) to which a diploma leads."""
    return rules.next_after_diploma(
        stage=stage,
        p_gt_havo=p.p_gt_havo,
        p_gt_mbo3=p.p_gt_mbo3,
        p_k_mbo4=p.p_k_mbo4,
        p_b_mbo3=p.p_b_mbo3,
        p_havo_vwo=p.p_havo_vwo,
        p_pro_entree=p.p_pro_entree,
        p_mbo2_mbo3=p.p_mbo2_mbo3,
        p_mbo3_mbo4=p.p_mbo3_mbo4,
        draw=luck,
    )
