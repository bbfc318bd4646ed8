"""Turns a formula about a group of records into a group expression: aggregates over sets, and arithmetic of them."""

from dataclasses import replace
from fractions import Fraction

from acmspec.formula.tree import Binary, Call, Each, Formula, If, Name, Negative, Number, OutOf, PeriodValue, Sliced
from acmspec.ground.diagnostic import Problem
from acmspec.ground.exact import ONE, Unit
from acmspec.ground.nearest import offer
from acmspec.ground.source import Span
from acmspec.program.aggregates import MIDDLE, AggregateRow, Takes, aggregate
from acmspec.program.backwards import say_if_backwards_in
from acmspec.program.empty_questions import Place, say_if_itself
from acmspec.program.figure import figure_type
from acmspec.program.foregone import say_if_foregone
from acmspec.program.foreseen import say_what_is_foreseen
from acmspec.program.functions import WRONG_LEVEL, is_lookup, place_fix, place_of, say_unknown_function
from acmspec.program.group import MetricUse
from acmspec.program.group_decisions import chosen, decided, is_condition
from acmspec.program.group_each import for_each
from acmspec.program.group_slices import sliced
from acmspec.program.literals import literal_type
from acmspec.program.lookup_values import refused_quotient
from acmspec.program.lookups import BAD_LOOKUP, known_set
from acmspec.program.maturity import windows_of
from acmspec.program.meanings import FAULTY, FAULTY_GROUP, Meanings
from acmspec.program.offered_aggregates import offered_benchmark, offered_count, offered_number, offered_set
from acmspec.program.orders_in_aggregates import is_without_order
from acmspec.program.reaches import reaches_of
from acmspec.program.record import FieldValue, Record
from acmspec.program.record_from_formula import CONDITION_NEEDED, literal_of, resolve_condition, resolve_record
from acmspec.program.relocate import is_faulty
from acmspec.program.said import is_count, things, type_words
from acmspec.program.scope import UNKNOWN_NAME, Frame, Scope
from acmspec.program.sets import NO_DATE, is_undated, placed_otherwise
from acmspec.program.side_by_side import groups_alike
from acmspec.program.sizes import is_too_large
from acmspec.program.tree import (
    Aggregate,
    Group,
    GroupArithmetic,
    GroupConstant,
    GroupDefined,
    GroupFigure,
    PeriodDays,
    Population,
    Quotient,
)
from acmspec.program.types import BooleanType, ErrorType, Form, NumberType, Type
from acmspec.program.typing_rules import WRONG_UNIT, Mismatch, Side, calculated
from acmspec.program.units import DAY
from acmspec.program.weights_from_formula import weight_of, weighted_name

BAD_AGGREGATE = Problem(
    "ACM333",
    "incomplete aggregate",
    "“count” takes records, “share” takes a condition, and all other aggregates take a number for each record; each "
    "says over which records.",
    "Write “count(SET)”, “count(distinct FIELD over SET)”, “sum(NUMBER over SET)” or “share(CONDITION over SET)”.",
    "A figure must state what is counted, and over which records.",
)
PROBLEMS = (BAD_AGGREGATE,)

_ARITHMETIC = frozenset("+-*/")


def resolve_group(formula: Formula, path: str, meanings: Meanings) -> Group:
    """The meaning of a formula for a group; parts with errors become error nodes (reported)."""
    found = _Reader(path, meanings).read(formula)
    return FAULTY_GROUP if is_too_large(found, formula.span, path, meanings.findings) else found


def resolve_term(formula: Formula, path: str, meanings: Meanings) -> Group:
    """The meaning of a defined term for a group, which may be a condition."""
    found = _Reader(path, meanings).any(formula)
    return FAULTY_GROUP if is_too_large(found, formula.span, path, meanings.findings) else found


class _Reader:
    """Reads the group formula at one place of the spec."""

    def __init__(self, path: str, meanings: Meanings) -> None:
        self.path = path
        self.meanings = meanings

    def read(self, formula: Formula) -> Group:
        """A number."""
        found = self.value(formula)
        self.is_asked(formula, found)
        if not isinstance(found.type, BooleanType):
            return found
        message = "a number for a group is needed, and this is a condition"
        return self.wrong_level(formula.span, message, "Write “if CONDITION then 1 else 0”.")

    def is_asked(self, formula: Formula, found: Group) -> None:
        """Say it where the answer is known before there is data."""
        place = Place(self.path, self.meanings.findings)
        say_if_itself(formula, found, place)
        say_what_is_foreseen(formula, found, place)

    def condition(self, formula: Formula) -> Group:
        """A condition about the group."""
        found = self.any(formula)
        if isinstance(found.type, BooleanType | ErrorType):
            return found
        message = f"a condition about the group is needed, and this is {type_words(found.type)}"
        self.say(CONDITION_NEEDED, formula.span, message, fix="Compare it with something, such as “RATE >= 50%”.")
        return FAULTY_GROUP

    def any(self, formula: Formula) -> Group:
        """A number or a condition."""
        found = decided(formula, self) if is_condition(formula) else self.value(formula)
        self.is_asked(formula, found)
        return found

    def value(self, formula: Formula) -> Group:
        """A number, or a name that stands for anything."""
        match formula:
            case Number(amount=amount):
                return GroupConstant(amount.value, literal_type(amount))
            case Name():
                return self.name(formula)
            case Call():
                return self.call(formula)
            case OutOf():
                return self.out_of(formula)
            case Negative(operand=operand):
                return self.negative(operand)
            case Binary(operator=operator) if operator in _ARITHMETIC:
                return self.arithmetic(formula)
            case PeriodValue(which="length of period"):
                return PeriodDays(NumberType(Form.NUMBER, DAY, integral=True))
            case Each() | Sliced() | If():
                return self.elsewhere(formula)
            case _:
                message = "a number for a group of records is needed, and this is a condition or a value of one record"
                fix = "Write “share(CONDITION over SET)” or “count(SET where CONDITION)”."
                return self.wrong_level(formula.span, message, offered_benchmark(formula) or fix)

    def elsewhere(self, formula: Each | Sliced | If) -> Group:
        """What looks elsewhere, goes part by part, or decides."""
        match formula:
            case Each():
                return for_each(formula, self)
            case Sliced():
                return sliced(formula, self)
            case If():
                return chosen(formula, self)

    def name(self, formula: Name) -> Group:
        """A group definition, a figure or a metric."""
        catalog, name = self.meanings.catalog, ".".join(formula.parts)
        definition = catalog.definitions.get(name)
        if definition is not None and definition.of is None:
            body = self.meanings.group_definition(name, formula.span)
            return GroupDefined(name, body, body.type)
        if name in catalog.figures:
            return GroupFigure(name, figure_type(catalog.figures[name], catalog.spec.contract.currency))
        if name in catalog.metrics:
            body, metric = self.meanings.metric(name, formula.span), catalog.metrics[name]
            return MetricUse(name, body, metric.every.value, metric.window.value, body.type)
        if definition is not None or self.is_of_records(formula.parts[-1]):
            message = f"“{name}” is a value of one record, and a number for a group of records is needed"
            return self.wrong_level(
                formula.span, message, "Put it inside an aggregate, such as “share(CONDITION over SET)”."
            )
        if name in catalog.tables or name in catalog.cohorts:
            return self.wrong_level(
                formula.span, f"“{name}” is a set of records, not a number", f"Write “count({name})”."
            )
        if not catalog.faulty("definitions", formula.parts[0]) and not catalog.faulty("figures", formula.parts[0]):
            defined = (one.name.value for one in catalog.spec.definitions if one.of is None)
            known = [*defined, *catalog.figures, *catalog.metrics]
            self.say(UNKNOWN_NAME, formula.span, f"“{name}” is unknown", label="unknown", fix=offer(name, known))
        return FAULTY_GROUP

    def is_of_records(self, name: str) -> bool:
        """Whether some table has a field of this name."""
        catalog = self.meanings.catalog
        return any(name in catalog.fields(table) for table in catalog.tables)

    def call(self, formula: Call) -> Group:
        """An aggregate; lookups have no place here."""
        if is_lookup(formula):
            message = f"“{formula.function}” asks about one record, and a number for a group of records is needed"
            return self.wrong_level(formula.function_span, message, f"Write “share({formula.function}(…) over SET)”.")
        if say_unknown_function(formula, self.path, self.meanings.findings):
            return FAULTY_GROUP
        name = "count distinct" if formula.function == "count" and formula.distinct else formula.function
        whole = self.is_whole(formula, aggregate(name).takes) and self.is_placed(formula, aggregate(name))
        whole = is_without_order(formula, self) and whole
        if formula.over.alias:
            return FAULTY_GROUP
        population = self.population(formula)
        if population is None:
            return self.unmeasured(formula, name)
        scope = Scope((Frame(population.table, span=population.span),), self.path)
        where = None if formula.over.where is None else resolve_condition(formula.over.where, scope, self.meanings)
        expression = self.expression(formula, aggregate(name).takes, scope)
        weight = weight_of(formula, scope, self.meanings)
        if not whole or (weight is not None and isinstance(weight.type, ErrorType)):
            return FAULTY_GROUP
        asked = (expression, where, weight)
        windows, reaches = windows_of(population, *asked), reaches_of(population, *asked)
        kind = self.type_of(name, expression, population)
        at = (place_of(formula.given.amount) if formula.given else None) or MIDDLE
        row = weighted_name(formula, name)
        found = Aggregate(row, expression, population, where, windows, kind, at, reaches=reaches, weight=weight)
        say_if_foregone(formula, found, Place(self.path, self.meanings.findings))
        say_if_backwards_in(formula, found, Place(self.path, self.meanings.findings), self.meanings.catalog)
        return found

    def unmeasured(self, formula: Call, name: str) -> Group:
        """The error node of an aggregate over a set with an error; what is wrong inside the brackets is still said."""
        table = self.meanings.catalog.base_table(formula.over.name)
        if table is not None:
            scope = Scope((Frame(table),), self.path)
            self.expression(formula, aggregate(name).takes, scope)
            if formula.over.where is not None:
                resolve_condition(formula.over.where, scope, self.meanings)
        return FAULTY_GROUP

    def is_whole(self, formula: Call, takes: Takes) -> bool:
        """Whether the brackets hold what the aggregate takes, and nothing that only lookups have."""
        use, name = formula.over, formula.function
        if use.entities or use.reach or use.alias:
            message = "“for same”, “other”, “all” and “as” belong to lookups, and this is an aggregate"
            fix = f"Write “{name}(… over {use.name} where …)”."
            self.say(BAD_LOOKUP, use.span, message, label="not in an aggregate", fix=fix)
            return False
        if formula.distinct and takes is not Takes.ANYTHING:
            self.say(BAD_AGGREGATE, formula.span, f"“distinct” goes with “count” only, not with “{name}”")
            return False
        if (formula.expression is None) is (takes is Takes.NOTHING):
            return True
        if formula.expression is None:
            known = use.name in self.meanings.catalog.tables or use.name in self.meanings.catalog.cohorts
            fix = offered_set(formula, is_set=known, is_figure=use.name in self.meanings.catalog.figures)
            self.say(BAD_AGGREGATE, formula.span, f"“{name}” doesn't say of what, over which records", fix=fix)
            return not known
        fix = offered_count(formula, self.kind_of(formula))
        self.say(BAD_AGGREGATE, formula.expression.span, "“count” counts records and takes no value", fix=fix)
        return False

    def kind_of(self, formula: Call) -> Type | None:
        """The type of what stands before `over`; None where the set is unknown."""
        table = self.meanings.catalog.base_table(formula.over.name)
        if table is None or formula.expression is None:
            return None
        return resolve_record(formula.expression, Scope((Frame(table),), self.path), self.meanings).type

    def is_placed(self, formula: Call, row: AggregateRow) -> bool:
        """Whether a percentile says which one, and no other aggregate does."""
        given, name = formula.given, formula.function
        if given is None and not row.placed:
            return True
        if given is None or formula.expression is None:
            fix = f"Write “{name}(90, NUMBER over SET)” for the 90th."
            self.say(BAD_AGGREGATE, formula.span, f"“{name}” doesn't say which one", label="which one?", fix=fix)
        elif not row.placed:
            message = f"“{name}” takes no number before a comma"
            fix = f"Write “{name}({formula.expression.span.text} over {formula.over.span.text})”."
            self.say(BAD_AGGREGATE, given.span, message, label="left over", fix=fix)
        elif place_of(given.amount) is None:
            message = f"the “{given.span.text}” of “{name}” is not a number from 1 up to 100"
            self.say(BAD_AGGREGATE, given.span, message, label="out of range", fix=place_fix(given.amount))
        else:
            return True
        return False

    def population(self, formula: Call) -> Population | None:
        """The set aggregated over, which must have a date."""
        use, catalog = formula.over, self.meanings.catalog
        if formula.expression is None and formula.function != "count" and not self.is_set(use.name):
            return None  # said already: the name in brackets is what to aggregate, and the set is missing
        if not known_set(formula, self.path, self.meanings):
            return None
        found = self.meanings.population(use.name, use.name_span)
        if found is not None and use.placed is not None:
            scope = Scope((Frame(found.table, span=found.span),), self.path)
            return placed_otherwise(found, use.placed, scope, self.meanings)
        if found is None or not is_undated(found):
            return found
        table = catalog.tables[found.table]
        if not catalog.faulty("data", found.table) and table.date is None:
            message = f"“{use.name}” has no date that puts its records into periods"
            self.say(NO_DATE, use.name_span, message, label="dated how?")
        return None

    def is_set(self, name: str) -> bool:
        """Whether a name is that of a declared set, also of one that could not be read."""
        catalog = self.meanings.catalog
        declared = name in catalog.tables or name in catalog.cohorts
        return declared or catalog.faulty("data", name) or catalog.faulty("cohorts", name)

    def expression(self, formula: Call, takes: Takes, scope: Scope) -> Record | None:
        """What the aggregate is given for each record."""
        if formula.expression is None:
            return None
        if takes is Takes.CONDITION:
            return resolve_condition(formula.expression, scope, self.meanings)
        found = resolve_record(formula.expression, scope, self.meanings)
        if refused_quotient(found, formula.expression.span, self.path, self.meanings):
            return FAULTY
        if takes is Takes.NUMBER and not isinstance(found.type, NumberType | ErrorType):
            if is_faulty(found):
                return replace_type(found)
            message = f"“{formula.function}” takes a number, and this is {type_words(found.type)}"
            days = [
                one.name.value for one in self.meanings.catalog.fields(scope.own.table).values() if one.type == "date"
            ]
            fix = offered_number(formula, found.type, days)
            self.say(BAD_AGGREGATE, formula.expression.span, message, label="not a number", fix=fix)
            return replace_type(found)
        return found

    def type_of(self, name: str, expression: Record | None, population: Population) -> Type:
        """The type of an aggregate's value."""
        if name == "share":
            return NumberType(Form.SHARE)
        if name == "count":
            return NumberType(Form.NUMBER, things(population.one), integral=True)
        if name == "count distinct":
            return NumberType(Form.NUMBER, self.unit_of(expression), integral=True)
        if expression is None or not isinstance(expression.type, NumberType):
            return ErrorType()
        return expression.type if name == "sum" else replace(expression.type, integral=False)

    def unit_of(self, expression: Record | None) -> Unit:
        """What different values of a field are counted in: the thing that it identifies, if it identifies any."""
        if not isinstance(expression, FieldValue):
            return ONE
        catalog = self.meanings.catalog
        field = catalog.fields(expression.column.table).get(expression.column.name)
        return ONE if field is None or field.entity is None else catalog.entity_unit(field.entity.value)

    def out_of(self, formula: OutOf) -> Group:
        """`A out of B`: two counts, or two amounts of one unit."""
        top, bottom = groups_alike(self.read(formula.numerator), self.read(formula.denominator))
        kinds = (top.type, bottom.type)
        for side, kind in zip((formula.numerator, formula.denominator), kinds, strict=True):
            if isinstance(kind, NumberType) and kind.form is not Form.NUMBER:
                self.say(WRONG_UNIT, side.span, f"“out of” takes two counts or sums, and this is {type_words(kind)}")
                return FAULTY_GROUP
        if all(isinstance(kind, NumberType) for kind in kinds):
            one, two = (kind.unit if isinstance(kind, NumberType) else ONE for kind in kinds)
            if one != two and not (is_count(one) and is_count(two)):
                message = f"{type_words(kinds[0])} can't be part of {type_words(kinds[1])}"
                fix = "Divide with “/” for an amount per record."
                self.say(WRONG_UNIT, formula.span, message, label="different units", fix=fix)
                return FAULTY_GROUP
        return Quotient(top, bottom, NumberType(Form.SHARE))

    def negative(self, operand: Formula) -> Group:
        """`-X` is zero less X."""
        inner = self.read(operand)
        if not isinstance(inner.type, NumberType):
            return inner
        kind = replace(inner.type, form=Form.POINTS) if inner.type.form is Form.SHARE else inner.type
        return GroupArithmetic("-", GroupConstant(Fraction(0), inner.type), inner, kind)

    def arithmetic(self, formula: Binary) -> Group:
        """`+ - * /` over group values."""
        left, right = self.read(formula.left), self.read(formula.right)
        if formula.operator != "*":
            left, right = groups_alike(left, right)
        found = calculated(formula.operator, _side(formula.left, left), _side(formula.right, right))
        if isinstance(found, Mismatch):
            span = (formula.left, formula.right)[found.at].span
            self.say(found.problem, span, found.message, label="wrong here", fix=found.fix)
            return FAULTY_GROUP
        return GroupArithmetic(formula.operator, left, right, found)

    def wrong_level(self, span: Span, message: str, fix: str) -> Group:
        """Report a record's value where a group's is needed."""
        self.say(WRONG_LEVEL, span, message, label="needs a group", fix=fix)
        return FAULTY_GROUP

    def say(self, problem: Problem, span: Span, message: str, *, label: str = "", fix: str = "") -> None:
        """Report at the formula's place in the spec."""
        self.meanings.findings.say(problem, span, message, path=self.path, label=label, fix=fix)


def replace_type(record: Record) -> Record:
    """The error node for a record expression of the wrong type."""
    return replace(record, type=ErrorType())


def _side(formula: Formula, value: Group) -> Side:
    literal = literal_of(formula)
    scaled = (
        isinstance(formula, Binary)
        and formula.operator == "*"
        and (literal_of(formula.left) is not None or literal_of(formula.right) is not None)
    )
    return Side(value.type, formula.span.text, literal, scaled)
