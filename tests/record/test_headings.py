"""Which column is which: the names that forces give them, what is asked about, and what the user says."""

from __future__ import annotations

from pathlib import Path

import pytest
from record_texts import GOOD, HEADER, messages, read, table

from simulator.scenario.heading_words import computed, plain, uncounted
from simulator.scenario.sheet import ReadAs


def with_heading(column: str, heading: str) -> str:
    """The good rows, with *heading* over the *column*."""
    return table(header=",".join(heading if name == column else name for name in HEADER.split(",")))


class TestKnown:
    @pytest.mark.parametrize(
        ("column", "heading"),
        [
            *((name, f"Number of {name}") for name in ("faces", "alerts", "arrests")),
            ("alerts", "# Alerts"),
            ("alerts", "Alert total"),
            ("true_alerts", "Positive alerts"),
            ("true_alerts", "Correct matches"),
            ("false_alerts", "Incorrect Alerts"),
            ("false_alerts", "No. of false alerts"),
            ("false_alerts", "Alerts - false"),
            ("false_alerts", "False\u00a0Alerts"),
            ("false_stopped", "Incorrect interventions"),
            ("watchlist_size", "Watchlist number"),
            ("watchlist_size", "Watchlist total"),
            ("threshold", "Threshold settings"),
            ("hours", "Number of hours"),
            ("faces", "Faces scanned"),
            ("date", "Date/Time"),
            ("date", "Day"),
            ("place", "Deployment"),
        ],
    )
    def test_the_names_that_forces_give(self, tmp_path: Path, column: str, heading: str) -> None:
        records = read(tmp_path, with_heading(column, heading))

        assert records.headings[column] == " ".join(heading.split())
        assert records.ignored == ()

    def test_the_family_of_the_home_office(self, tmp_path: Path) -> None:
        """Arrests and disposals in one number are neither, and that is said with the way to say otherwise."""
        header = (
            "Deployment,Date,Deployment type,Duration of deployment,Number of cameras,Watchlist number,Threshold settings,"
            "Total alerts,Positive alerts,Positive interventions,Incorrect alerts,Incorrect interventions,"
            "Arrests or disposals,Faces seen,Incorrect alert rate"
        )
        text = f"{header}\nPort A,28/11/2025,Proactive,5h 52m,2,4868,0.64,3,2,2,1,1,2,2214,0.05%\n"
        records = read(tmp_path, text)
        row = records.frame.iloc[0]

        assert row["place"] == "Port A"
        assert (row["alerts"], row["true_alerts"], row["false_alerts"], row["false_stopped"]) == (3, 2, 1, 1)
        assert (row["watchlist_size"], row["threshold"], row["faces"]) == (4868, 0.64, 2214)
        assert records.frame["arrests"].isna().all()
        assert records.ignored == (
            *("Number of cameras", "Positive interventions", "Arrests or disposals"),
            "Incorrect alert rate",
        )
        assert [str(note) for note in records.notes] == [
            "r.csv:1: Arrests or disposals: counts arrests and other disposals together, and nothing is taken from it; if all "
            'of them are arrests: --column arrests="Arrests or disposals"'
        ]
        told = read(tmp_path, text, read_as=ReadAs(columns={"Arrests or disposals": "arrests"}))
        assert (told.total("arrests"), told.notes) == (2, ())

    def test_a_weekday_beside_a_date_is_none(self, tmp_path: Path) -> None:
        assert read(tmp_path, "day,date,alerts\nTue,2024-01-09,1\n").ignored == ("day",)

    @pytest.mark.parametrize(
        "heading",
        ["False alert rate", "False alerts (%)", "% true", "Alerts/hour", "Cumulative false alerts", "Faces per alert"],
    )
    def test_what_is_computed_is_no_count(self, tmp_path: Path, heading: str) -> None:
        records = read(tmp_path, f"date,alerts,{heading}\n2024-01-09,1,0\n")

        assert records.ignored == (heading,)
        assert records.frame["false_alerts"].isna().all()

    @pytest.mark.parametrize("heading", ["False alerts (cumulative)", "Arrests YTD", "Faces to date"])
    def test_a_running_total_is_called_one(self, tmp_path: Path, heading: str) -> None:
        (note,) = read(tmp_path, f"date,alerts,{heading}\n2024-01-09,1,0\n").notes

        assert str(note) == f"r.csv:1: {heading}: is a running total, and nothing is taken from it"

    @pytest.mark.parametrize("heading", ["Engagements", "Interventions", "No. of interventions", "Deployment"])
    def test_no_word_is_taken_for_another(self, tmp_path: Path, heading: str) -> None:
        """Stops of everybody, and the number of a row, are near to columns that are something else."""
        records = read(tmp_path, f"date,place,alerts,false alerts,{heading}\n2024-01-09,A,3,1,3\n")

        assert records.ignored == (heading,)


class TestAsked:
    @pytest.mark.parametrize(
        ("column", "heading"),
        [
            ("threshold", "Min Threshold in force"),
            ("threshold", "Average threshold in use"),
            ("threshold", "Threshold %"),
            ("threshold", "Match confidence"),
            ("watchlist_size", "Individuals on list"),
            ("hours", "Deployed (hrs)"),
            ("duration_min", "Deployed for (mins)"),
            ("duration", "Time on site"),
            ("faces", "People scanned"),
            ("true_alerts", "Verified identities"),
            ("false_alerts", "Misidentifications"),
            ("false_alerts", "Alerts found to be wrong"),
            ("false_alerts", "Rejected alerts"),
            ("false_stopped", "Persons wrongly stopped"),
            ("arrests", "Arrests made after an alert"),
            ("threshold", "T"),
            ("threshold", "Sens."),
            ("threshold", "Match level"),
            ("true_alerts", "TP"),
            ("false_alerts", "FP"),
            ("unconfirmed", "Not verified"),
            ("duration", "Deployment Time"),
            ("duration", "Deployment length"),
            ("kind", "Type"),
            ("kind", "Mode"),
            ("false_alerts", "FA"),
            ("deployments", "No. of deployments that day"),
            ("place", "Town"),
            ("place", "AREA"),
            ("place", "Borough"),
            ("place", "Event"),
        ],
    )
    def test_a_heading_that_may_matter_is_not_passed_over(self, tmp_path: Path, column: str, heading: str) -> None:
        replaces = (
            "hours" if column.startswith("duration") else "place" if column in ("kind", "deployments") else column
        )
        said = messages(tmp_path, with_heading(replaces, heading))

        assert said == [
            f'r.csv:1: {heading}: may say the {column.replace("_", " ")}: if so, --column {column}="{heading}"; if it says '
            f'something else, --column ignore="{heading}"'
        ]

    def test_it_is_not_asked_about_where_another_column_holds_it(self, tmp_path: Path) -> None:
        """Negative control: borough, second threshold and the weekday of a file that has everything."""
        rows = [f"{row},x,y" for row in GOOD]

        assert read(tmp_path, table(*rows, header=f"{HEADER},Threshold in vans,Wrong names")).ignored == (
            "Threshold in vans",
            "Wrong names",
        )

    def test_half_of_the_false_alerts_is_not_all(self, tmp_path: Path) -> None:
        (said,) = messages(tmp_path, "date,alerts,False Alerts Confirmed,False alerts by operator\n2024-01-09,3,1,1\n")

        assert '--column false_alerts_unconfirmed="False alerts by operator"' in said

    def test_thousands_are_not_taken_for_ones(self, tmp_path: Path) -> None:
        (said,) = messages(tmp_path, with_heading("faces", "Faces seen (000s)"))

        assert said.startswith(
            "r.csv:1: Faces seen (000s): counts thousands: write whole numbers; if it says something else"
        )

    def test_months_are_no_dates(self, tmp_path: Path) -> None:
        missing, month = messages(tmp_path, "Month,alerts\nJan 2024,1\n")

        assert missing.startswith("r.csv:1: date: the column is missing")
        assert month.startswith(
            "r.csv:1: Month: is no day: give each deployment a row with its date; lfrsim claim computes"
        )
        assert read(tmp_path, "Month,date,alerts\nJan,2024-01-09,1\n").ignored == ("Month",)

    def test_true_and_false_alerts_are_not_all(self, tmp_path: Path) -> None:
        (said,) = messages(tmp_path, "date,true alerts,false alerts\n2024-01-09,1,0\n")

        assert said.startswith("r.csv:1: alerts: the column is missing; add one with all alerts of each row")

    def test_a_row_of_several_deployments_is_none(self, tmp_path: Path) -> None:
        said = messages(tmp_path, "date,No. of deployments,alerts\n2024-01-09,5,20\n2024-01-16,1,4\n")

        assert said[0].startswith("r.csv:2: No. of deployments: 5 deployments in one row: give each a row of its own")
        assert len(said) == 2


class TestNamed:
    def test_what_is_said_to_be_the_kind_must_be_one(self, tmp_path: Path) -> None:
        text = "date,alerts,Type\n2024-01-09,1,Lamp-post\n2024-01-16,1,Proactive\n"

        assert messages(tmp_path, text, read_as=ReadAs(columns={"Type": "kind"}))[0] == (
            'r.csv:3: Type: must say van or fixed (got "Proactive")'
        )

    def test_a_column_is_what_the_user_says(self, tmp_path: Path) -> None:
        """What he says comes before what is known by itself, which is then named as of no use."""
        text = "date,alerts,threshold,Min Threshold in force\n2024-01-09,1,0.60,0.64\n"
        records = read(tmp_path, text, read_as=ReadAs(columns={"min threshold in force": "threshold"}))

        assert records.frame["threshold"].tolist() == [0.64]
        assert records.ignored == ("threshold",)

    def test_of_hours_given_twice_the_user_chooses(self, tmp_path: Path) -> None:
        text = "date,alerts,hours,duration_min\n2024-01-09,1,2,60\n"

        assert read(tmp_path, text, read_as=ReadAs(columns={"duration_min": "duration_min"})).hours == 1

    def test_a_heading_may_be_none_of_them(self, tmp_path: Path) -> None:
        text = "date,alerts,Wrong names,List of streets\n2024-01-09,1,2,3\n"
        records = read(tmp_path, text, read_as=ReadAs(columns={"Wrong names": "ignore", "List of streets": "ignore"}))

        assert records.ignored == ("Wrong names", "List of streets")
        assert records.frame["false_alerts"].isna().all()

    def test_a_field_or_heading_that_is_not_there(self, tmp_path: Path) -> None:
        field = messages(tmp_path, table(), read_as=ReadAs(columns={"Min": "treshold"}))
        heading = messages(tmp_path, table(), read_as=ReadAs(columns={"Treshold": "threshold"}))

        assert field[0] == '--column: treshold: no field is called so; did you mean "threshold"?'
        assert field[1].startswith("--column: fields: date, place, hours,")
        assert heading[0].startswith(
            'r.csv:1: --column threshold: no column is called "Treshold"; did you mean "threshold"?'
        )

    def test_another_language_is_named_whole_or_not_at_all(self, tmp_path: Path) -> None:
        """Of a file with no known heading nothing may be passed over: one of the columns has the false alerts."""
        text = "Datum;Alarme;falsch;Listengröße\n2024-01-09;3;1;9000\n".encode("cp1252")
        named = {"Datum": "date", "Alarme": "alerts"}

        assert messages(tmp_path, text) == [
            "r.csv:1: date: the column is missing",
            "r.csv:1: alerts: the column is missing; columns found: Datum, Alarme, falsch, Listengröße; if it is among them, "
            '--column date="..." --column alerts="..."',
        ]
        assert messages(tmp_path, text, read_as=ReadAs(columns=named)) == [
            f'r.csv:1: {name}: is not understood: say what it holds, or --column ignore="{name}"'
            for name in ("falsch", "Listengröße")
        ]
        whole = read(
            tmp_path, text, read_as=ReadAs(columns={**named, "falsch": "false_alerts", "Listengröße": "watchlist_size"})
        )
        assert (whole.total("false_alerts"), whole.frame["watchlist_size"][0]) == (1, 9000)


def test_the_words_of_a_heading() -> None:
    assert plain("Faces Seen (est.)") == plain("facesSeen_EST") == "facesseenest"
    assert plain("Alerts %") != plain("Alerts")
    assert uncounted("Total number of Alerts") == uncounted("alerts (total)") == "alerts"
    assert computed("Alerts/h")
    assert not computed("Arrests/Disposals")
