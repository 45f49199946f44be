"""What all records of ui/draw/scenes have in common."""

from dataclasses import is_dataclass

from ui.draw import scenes


def test_a_record_cannot_be_changed_nor_given_what_it_does_not_name():
    records = [record for record in vars(scenes).values() if is_dataclass(record)]
    assert len(records) > 30
    for record in records:
        assert record.__dataclass_params__.frozen, record
        assert set(vars(record)["__slots__"]) == set(record.__dataclass_fields__), record
