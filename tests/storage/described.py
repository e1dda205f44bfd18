"""What a database says of its own schema, in words that SQLite and PostgreSQL share."""

import re
import warnings

import sqlalchemy as sa


def schema(engine):
    """What a database says of itself, in words that both use."""
    look = sa.inspect(engine)
    warnings.filterwarnings("ignore", message="Skipped unsupported reflection of expression-based index")  # read apart below
    told = {}
    for table in look.get_table_names():
        told[table] = {
            "columns": {c["name"]: (kind(c["type"]), c["nullable"]) for c in look.get_columns(table)},
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "checks": {c["name"] for c in look.get_check_constraints(table)},
            "indexes": {i["name"]: (bool(i["unique"]), i["column_names"], words_of(i)) for i in look.get_indexes(table)
                        if None not in i["column_names"]},
            "computed indexes": computed_indexes(engine, table, look.get_indexes(table)),
            "parents": {(*f["constrained_columns"], f["name"], f["referred_table"], f["options"].get("ondelete"))
                        for f in look.get_foreign_keys(table)},
        }
    return told


def computed_indexes(engine, table, indexes):
    """The indexes of what is computed from columns, which SQLite's own list leaves out."""
    if engine.dialect.name != "sqlite":
        return {i["name"] for i in indexes if None in i["column_names"]}
    asked = sa.text("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = :table")
    with engine.connect() as open_:
        return set(open_.execute(asked, {"table": table}).scalars()) - {i["name"] for i in indexes}


def kind(of_column):
    """Whole numbers of any width are one kind: SQLite has only one."""
    kinds = (sa.Boolean, sa.Integer, sa.Date, sa.DateTime, sa.String, sa.LargeBinary)
    return next(each.__name__ for each in kinds if isinstance(of_column, each))


def words_of(index):
    """The words of a partial index's condition: PostgreSQL adds brackets and types of its own."""
    where = [str(text).lower() for name, text in index["dialect_options"].items() if name.endswith("_where")]
    return [sorted(re.findall(r"\w+|[<>=]+", text.replace("::text", ""))) for text in where]


def columns_of(trigger):
    """What a trigger watches, of a table's columns."""
    found = re.search(r"UPDATE OF (.+?) ON ", trigger)
    return tuple(sorted(found[1].split(", "))) if found else ()
