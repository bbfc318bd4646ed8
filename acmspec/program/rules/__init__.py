"""What a sound spec must keep to beyond names and types: one file a rule, named by a sentence."""

from collections.abc import Callable, Iterable

from acmspec.ground.diagnostic import Diagnostic
from acmspec.program.rules import (
    a_figure_can_be_brought_to_its_measure,
    a_goal_has_a_metric,
    a_look_back_says_where_the_data_begins,
    a_metric_has_a_goal,
    a_metric_that_pays_is_called_paid,
    a_name_means_one_thing,
    a_negated_field_says_what_missing_means,
    a_paid_metric_has_a_benchmark,
    a_unit_is_of_a_number,
    a_year_to_date_starts_with_a_period,
    agreements_name_known_providers,
    agreements_stay_within_the_maximum,
    amounts_agreed_are_not_negative,
    an_agreement_holds_whole_periods,
    an_entity_has_one_type,
    an_own_target_replaces_a_shared_one,
    breakdowns_show_no_private_field,
    defined_terms_can_be_told_apart,
    each_provider_has_one_agreement,
    every_state_has_a_consequence,
    history_lies_behind,
    meetings_named_exist,
    metrics_look_ahead_and_back,
    metrics_named_exist,
    money_is_in_the_currency_of_the_contract,
    only_counts_are_carried_forward,
    overlapping_windows_pay_once,
    own_periods_lie_within_the_term,
    payments_can_fall_due,
    results_mature_within_the_contract,
    reviews_wait_for_data,
    sets_named_exist,
    terms_named_exist,
    terms_start_before_they_end,
    the_time_zone_is_known,
    what_is_defined_is_used,
    what_missing_is_needs_a_condition,
    worked_examples_come_out,
)
from acmspec.program.tree import Program
from acmspec.spec.tree import Spec

Rule = Callable[[Spec, Program | None], Iterable[Diagnostic]]
"""Looks at a spec, and at its meaning where there is one, and says what breaks the rule."""

_ALL = (
    a_negated_field_says_what_missing_means,
    a_goal_has_a_metric,
    a_metric_has_a_goal,
    metrics_look_ahead_and_back,
    a_paid_metric_has_a_benchmark,
    a_metric_that_pays_is_called_paid,
    a_name_means_one_thing,
    an_entity_has_one_type,
    defined_terms_can_be_told_apart,
    what_is_defined_is_used,
    what_missing_is_needs_a_condition,
    sets_named_exist,
    metrics_named_exist,
    meetings_named_exist,
    terms_named_exist,
    breakdowns_show_no_private_field,
    history_lies_behind,
    an_own_target_replaces_a_shared_one,
    each_provider_has_one_agreement,
    terms_start_before_they_end,
    the_time_zone_is_known,
    agreements_name_known_providers,
    an_agreement_holds_whole_periods,
    amounts_agreed_are_not_negative,
    money_is_in_the_currency_of_the_contract,
    agreements_stay_within_the_maximum,
    worked_examples_come_out,
    every_state_has_a_consequence,
    only_counts_are_carried_forward,
    overlapping_windows_pay_once,
    own_periods_lie_within_the_term,
    a_year_to_date_starts_with_a_period,
    payments_can_fall_due,
    results_mature_within_the_contract,
    reviews_wait_for_data,
    a_look_back_says_where_the_data_begins,
    a_figure_can_be_brought_to_its_measure,
    a_unit_is_of_a_number,
)

RULES: tuple[Rule, ...] = tuple(one.check for one in _ALL)
PROBLEMS = tuple(one.PROBLEM for one in _ALL)
