"""What a scenario file says: the sections, their fields, their units and the rules between them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from simulator.scenario.alternatives import Alternative
from simulator.scenario.campaign import Campaign, Clock
from simulator.scenario.elsewhere import RecordedElsewhere
from simulator.scenario.errors import shown
from simulator.scenario.excess import listed_excess
from simulator.scenario.force import Costs, Officers, OtherUse, Procedure
from simulator.scenario.part import Part
from simulator.scenario.quantity import Count, Grade, ListSize, Rate, Shape, Share, within
from simulator.scenario.recogniser import Recogniser

Exposure = Literal["face", "passage", "camera_hour"]
PerThousand = Annotated[Rate, within(high=1000.0)]


class Group(Part):
    """A group of passers-by: its share of the street, of the list and of listed passages, and its score shift."""

    name: str
    street_share: float = Field(ge=0, le=1)
    list_share: float = Field(ge=0, le=1)
    listed_passages_share: float | None = Field(default=None, ge=0, le=1, description="default: list_share")
    score_shift: float = Field(default=0.0, description="added to the mean genuine score (TPIR by group)")


class Street(Part):
    """Who walks past."""

    passages_per_hour: Annotated[Rate, within(high=1e9)] = Field(
        description="mean over the campaign's camera hours, all camera ends together"
    )
    profile: dict[Clock, Annotated[float, Field(ge=0)]] = Field(
        default={}, description="relative footfall from each clock time on; empty: flat"
    )
    day_dispersion_k: Shape | None = Field(default=None, description="gamma shape of the day's level; none: Poisson")
    camera_ends: int = Field(default=1, ge=1, le=2)
    share_passing_both: Share = Share(value=0.0)
    between_ends_min: Rate = Rate(value=5.0)
    faces_per_passage: Annotated[Rate, within(high=1000.0)] = Rate(value=1.0)
    return_same_day: Share = Field(default=Share(value=0.0), description="share of people who come past once more")
    pool_people: Annotated[Count, within(high=1e10)] | None = Field(
        default=None, description="people of each place the visits are drawn from; none: nobody comes on two days"
    )
    visits_per_person: Annotated[Rate, within(above=0.0, high=1e6)] | None = Field(
        default=None, description="visits of each of them in this campaign, on average: in place of pool_people"
    )
    visit_dispersion_k: Shape | None = Field(
        default=None, description="gamma shape of how often each person comes; none: all equally often"
    )
    groups: tuple[Group, ...] = ()
    group_matrix: tuple[tuple[Annotated[float, Field(ge=0)], ...], ...] | None = Field(
        default=None, description="relative FMR of passers-by of group (row) against list entries of group (column)"
    )

    @property
    def is_pooled(self) -> bool:
        """Whether people may come on more than one day."""
        return self.pool_people is not None or self.visits_per_person is not None

    @property
    def pool_key(self) -> str:
        """The key of what says how many people the pool has."""
        return f"street.{'visits_per_person' if self.pool_people is None else 'pool_people'}"

    @field_validator("groups")
    @classmethod
    def _shares_sum(cls, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        for field in ("street_share", "list_share", "listed_passages_share"):
            given = [getattr(group, field) for group in groups]
            if not groups or all(item is None for item in given):
                continue
            if any(item is None for item in given):
                raise ValueError(f"{field}: give it for every group or for none")
            if abs(sum(given) - 1) > 1e-6:
                raise ValueError(f"{field} must sum to 1 over the groups (got {sum(given):g})")
        return groups

    @model_validator(mode="after")
    def _consistent(self) -> Street:
        if self.profile and not any(self.profile.values()):
            raise ValueError("profile: at least one weight must be above 0")
        if self.camera_ends == 1 and self.share_passing_both.interval()[1] > 0:
            raise ValueError("share_passing_both needs camera_ends: 2 (got camera_ends 1)")
        if self.pool_people is not None and self.visits_per_person is not None:
            raise ValueError(
                "visits_per_person: says how large the pool is, as pool_people does; leave one of them out, or set it to null"
            )
        if self.visit_dispersion_k is not None and not self.is_pooled:
            raise ValueError(
                "visit_dispersion_k: needs pool_people or visits_per_person; without them nobody comes again"
            )
        if self.pool_people is not None and self.pool_people.interval()[0] < 1:
            raise ValueError("pool_people: the lower end of its interval must be at least 1; leave it out for no pool")
        if self.group_matrix is not None:
            n = len(self.groups)
            if n == 0 or len(self.group_matrix) != n or any(len(row) != n for row in self.group_matrix):
                raise ValueError(f"group_matrix must have one row and one column for each of the {n} groups")
            if not sum(
                row.street_share * column.list_share * self.group_matrix[i][j]
                for i, row in enumerate(self.groups)
                for j, column in enumerate(self.groups)
            ):
                raise ValueError("group_matrix must have an entry above 0 where both groups have a share above 0")
        return self


class Watchlist(Part):
    """Who is listed, and how many of the passages are by listed people."""

    size: ListSize
    reference_size: ListSize | None = Field(default=None, description="list size of the rate below; none: size")
    listed_per_1000_passages: PerThousand | None = None
    true_alerts_per_1000_passages: PerThousand | None = Field(
        default=None, description="listed share x TPIR at the anchor threshold, where only the product is measured"
    )
    reference_threshold: float | None = Field(
        default=None, ge=0, le=1, description="threshold of that product; none: the recogniser's anchor"
    )
    growth_exponent: Rate = Field(default=Rate(value=1.0), description="listed passages grow as size to this power")
    day_dispersion_k: Shape | None = Field(
        default=None, description="gamma shape of the day's listed passages in all, footfall's part included"
    )
    footfall_elasticity: Share = Field(
        default=Share(value=1.0), description="e: a day's listed passages follow the e-th power of its footfall"
    )
    any_place_share: Share = Field(
        default=Share(value=0.0), description="listed people who may come to any place; the others come to one"
    )
    conditions_share: Share = Field(default=Share(value=0.0), description="entries listed to check conditions")
    stale_share: Share = Field(default=Share(value=0.0), description="entries no longer wanted: out-of-date records")

    @property
    def size_of_reference(self) -> float:
        """The list size at which the listed rate holds."""
        return (self.reference_size or self.size).value

    @model_validator(mode="after")
    def _consistent(self) -> Watchlist:
        if (self.listed_per_1000_passages is None) == (self.true_alerts_per_1000_passages is None):
            raise ValueError("give exactly one of listed_per_1000_passages and true_alerts_per_1000_passages")
        return self


class Record(Part):
    """What a published record says of this campaign, and which figures served as inputs (*calibrated*).

    A figure that is neither calibrated to nor shares data with inputs is a check of the scenario; no other is.
    """

    faces: int | None = None
    alerts: int | None = None
    arrests: int | None = None
    recorded_false: int | None = None
    unconfirmed_true: int | None = None
    stops: int | None = Field(default=None, description="Engagements in the record, on true and on false alerts.")
    stopped_on_false_alert: int | None = Field(default=None, description="Engagements on alerts recorded as false.")
    stopped_on_true_alert: int | None = Field(default=None, description="Engagements on alerts recorded as true.")
    arrested_on_false_alert: int | None = Field(default=None, description="Arrests that followed a false alert.")
    calibrated: tuple[str, ...] = ()
    shares_data: tuple[str, ...] = Field(default=(), description="figures that are part of what inputs were fitted to")
    fitted_inputs: dict[str, str] = Field(
        default={}, description="Inputs that this record set: dotted key to the figure of this record behind it."
    )
    notes: dict[str, str] = Field(
        default={}, description="What must be said of a figure, such as another published version of it."
    )
    source: str
    grade: Grade

    @property
    def figures(self) -> dict[str, int]:
        """The published figures, by name."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in given.items() if isinstance(value, int)}

    @property
    def checks(self) -> tuple[str, ...]:
        """The figures no input was fitted to, in part or in whole: only these test the scenario."""
        return tuple(name for name in self.figures if name not in (*self.calibrated, *self.shares_data))

    @model_validator(mode="after")
    def _names_own_figures(self) -> Record:
        named = {
            "calibrated": self.calibrated,
            "shares_data": self.shares_data,
            "fitted_inputs": tuple(self.fitted_inputs.values()),
            "notes": tuple(self.notes),
        }
        for field, names in named.items():
            for name in names:
                if name not in self.figures:
                    raise ValueError(f"{field}: must name figures that this record gives (got {shown(name)})")
        loose = [name for name in self.fitted_inputs.values() if name in self.checks]
        if loose:
            raise ValueError(f"fitted_inputs: {loose[0]} must then stand under calibrated or shares_data")
        return self


class JointDraws(Part):
    """Draws of several quantities together (a posterior): CSV *file* whose columns are dotted keys."""

    file: str
    source: str | None = None
    columns: dict[str, tuple[float, ...]] = Field(default={}, exclude=True, description="filled by the loader")


class Scenario(Part):
    """One question about one campaign: everything a run needs to know."""

    name: str
    title: str
    description: str = ""
    caveats: tuple[str, ...] = Field(default=(), description="printed under every result")
    what_if: str | None = Field(default=None, description="printed with every result of an assumed alternative")
    campaign: Campaign
    street: Street
    watchlist: Watchlist
    recogniser: Recogniser
    officers: Officers
    procedure: Procedure
    costs: Costs = Costs()
    alternatives: tuple[Alternative, ...] = Field(
        default=(), description="doubts that are no interval: what else may hold, and what that moves"
    )
    other_use: OtherUse | None = None
    record: Record | None = None
    recorded_elsewhere: RecordedElsewhere | None = None
    joint_draws: JointDraws | None = None
    no_rates_per: tuple[Exposure, ...] = Field(
        default=(), description="What nobody counted here, so that rates per it mean nothing; a caveat must say why."
    )

    @model_validator(mode="after")
    def _sections_agree(self) -> Scenario:
        watchlist = self.watchlist
        names = [item.name for item in self.alternatives]
        if twice := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"alternatives: each needs a name of its own (got {shown(twice[0])} twice)")
        if self.no_rates_per and not self.caveats:
            raise ValueError("no_rates_per: needs a caveat that says why there are no such rates")
        measured = watchlist.true_alerts_per_1000_passages is not None
        if self.recogniser.table is not None and measured and watchlist.reference_threshold is None:
            raise ValueError(
                "watchlist.reference_threshold: is missing; with a table, say at which threshold "
                "true_alerts_per_1000_passages was measured"
            )
        problem = self.recogniser.kin_floor_excess(watchlist.size_of_reference) or listed_excess(
            watchlist, self.recogniser
        )
        if problem:
            raise ValueError(problem)
        if len(self.campaign.places) == 1 and watchlist.any_place_share.interval()[1] > 0:
            raise ValueError(
                "watchlist.any_place_share: does nothing, because all deployments are at one place: give them a place each "
                "(campaign.deployments, or a column of the table), or leave it out"
            )
        return self
