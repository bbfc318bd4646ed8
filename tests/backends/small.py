"""A small spec over one table of a database, and the records of its file; each engine says where the table lies."""

SMALL = """
acmspec: 1
contract: {id: small, title: Small, agency: County, term: {from: 2025-01-01, to: 2025-03-31}, data_date: 2025-06-30}
goals: {seen: {statement: Visits happen.}}
connections: «connections»
data:
  visits:
    table: «table»
    connection: warehouse
    noun: {one: Visit, many: Visits}
    key: visit_id
    date: visit_date
    fields:
      visit_id: {column: VisitID, type: integer}
      visit_date: {column: Visited, type: date}
      cost: {column: Cost, type: decimal}
      place: {column: Place, optional: true}
metrics:
  cost:
    name: Cost
    kind: leading
    goal: seen
    formula: sum(cost over visits)
    every: quarter
    break_down_by: [place]
    better: lower
    round: 2 decimals
"""
VISITS = "VisitID,Visited,Cost,Place\n1,2025-01-05,1.10,b\n2,2025-02-05,2.25,B\n10,2025-03-31,3,\n"


def small(connections: str, table: str) -> str:
    """The spec with its connections as YAML, and the table's name there."""
    return SMALL.replace("«connections»", connections).replace("«table»", table)
