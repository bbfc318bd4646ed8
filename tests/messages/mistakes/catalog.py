"""All kinds of mistakes, one line each: to add one, write its generator and name it here."""

from collections.abc import Callable, Iterator

from tests.messages.judge import Mistake
from tests.messages.mistakes import keys, layout, names, rules, values
from tests.messages.places import Example

Kind = Callable[[Example], Iterator[Mistake]]

KINDS: tuple[Kind, ...] = (
    keys.misspelt_key,
    keys.unknown_key,
    keys.key_twice,
    keys.key_without_value,
    names.unknown_name_in_formula,
    names.unknown_function,
    names.misspelt_keyword,
    names.unknown_reference,
    names.unknown_keyed_reference,
    names.unknown_goal,
    names.misspelt_choice_of_records,
    names.circle,
    values.bad_date,
    values.unquoted_no,
    values.neither_yes_nor_no,
    values.wrong_unit,
    values.no_choice,
    values.misspelt_choice,
    values.no_number,
    layout.tab,
    layout.comma_in_flow_mapping,
    layout.open_quote,
    rules.six_metrics,
    rules.open_consequence,
    rules.window_without_length,
    rules.window_without_end,
    rules.paid_twice,
    rules.gap_between_tiers,
    rules.exceeded_maximum,
)
