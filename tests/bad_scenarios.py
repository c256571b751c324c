"""Scenarios with one fault each, and what must be said of it."""

from __future__ import annotations

# Stands in a broken text where the message must point; it is taken out before the text is read.
HERE = "¦"
BARE_OR_MAPPING = "must be a number, or a mapping with value, low, high, source and grade"
SECTIONS = (
    "name, title, description, caveats, what_if, campaign, street, watchlist, recogniser, officers, procedure, costs, "
    "alternatives, other_use, record, recorded_elsewhere, joint_draws, no_rates_per"
)

# One fault each: what MINIMAL reads, what it is changed to, and the message after the place.
FAULTS = {
    "a threshold above 1": (
        "0.64",
        "¦6.4",
        "recogniser.threshold: must be between 0 and 1 (got 6.4); did you mean 0.64?",
    ),
    "a threshold below 0": ("0.64", "¦-0.1", "recogniser.threshold: must be between 0 and 1 (got -0.1)"),
    "a threshold that is text": ("0.64", "¦high", f'recogniser.threshold: {BARE_OR_MAPPING} (got "high")'),
    "a word for a number": ("0.64", "¦high", f'recogniser.threshold: {BARE_OR_MAPPING} (got "high")'),
    "a truth value for a number": ("0.64", "¦true", f"recogniser.threshold: {BARE_OR_MAPPING} (got true)"),
    "a threshold left empty": (
        "threshold: 0.64",
        "¦threshold:",
        f"recogniser.threshold: {BARE_OR_MAPPING} (got nothing)",
    ),
    "not a number": ("0.64", "¦.nan", "recogniser.threshold: must be a finite number (got .nan)"),
    "an infinite number": ("1000\n", "¦.inf\n", "street.passages_per_hour: must be a finite number (got .inf)"),
    "a number beyond floats": (
        "1000\n",
        "¦1" + 400 * "0" + "\n",
        "street.passages_per_hour: must be a finite number (got .inf)",
    ),
    "a number of absurd size": (
        "median_min: 2}",
        "median_min: ¦1e-90}",
        "procedure.search.median_min: must be 0 or between 1e-50 and 1e+50 in size (got 1e-90)",
    ),
    "a share above 1": ("0.95", "¦1.95", "procedure.look.accept_true: must be between 0 and 1 (got 1.95)"),
    "a share in a mapping above 1": (
        "0.95",
        "{value: ¦1.95, source: me}",
        "procedure.look.accept_true.value: must be between 0 and 1 (got 1.95)",
    ),
    "half a person": ("teams: 2", "teams: ¦2.5", "officers.teams: must be a whole number (got 2.5)"),
    "fewer than no teams": ("teams: 2", "teams: ¦-1", "officers.teams: must be at least 0 (got -1)"),
    "an empty watchlist": ("10000", "¦0", "watchlist.size: must be between 1 and 1e+09 (got 0)"),
    "more listed people than people": (
        "passages: 1\n",
        "passages: ¦1001\n",
        "watchlist.listed_per_1000_passages: must be between 0 and 1000 (got 1001)",
    ),
    "an interval upside down": (
        "median_min: 2}",
        "median_min: {value: 2, low: ¦3, high: 1}}",
        "procedure.search.median_min.low: must be below high (got low 3, high 1)",
    ),
    "half an interval": (
        "median_min: 2}",
        "¦median_min: {value: 2, low: 1}}",
        "procedure.search.median_min: low and high go together: give both or neither",
    ),
    "a value that is not the median": (
        "median_min: 2}",
        "median_min: {value: ¦8, low: 1, high: 9}}",
        "procedure.search.median_min.value: must be near the median of its interval: a log-normal law with 95 % between "
        "1 and 9 has median 3 (got 8); change value, low or high",
    ),
    "a rate that may be 0": (
        "median_min: 2}",
        "median_min: {value: 2, low: ¦0, high: 4}}",
        "procedure.search.median_min.low: must be above 0, because this quantity is log-normal (got 0)",
    ),
    "an interval on a choice": (
        "threshold: 0.64",
        "¦threshold: {value: 0.64, low: 0.6, high: 0.68}",
        "recogniser.threshold: is a choice, not an uncertain quantity: give one value, and vary it with --set",
    ),
    "a law and an interval": (
        "median_min: 2}",
        "¦median_min: {low: 1, high: 4, gamma: {shape: 4, rate: 2}}}",
        "procedure.search.median_min: give either low and high, or one law (gamma or beta), not both",
    ),
    "a law with other parameters": (
        "median_min: 2}",
        "median_min: {¦gamma: {shape: 4, scale: 2}}}",
        "procedure.search.median_min.gamma: needs shape and rate",
    ),
    "a law that is none": (
        "median_min: 2}",
        "median_min: {¦gamma: {shape: -4, rate: 2}}}",
        "procedure.search.median_min.gamma: shape and rate must be numbers above 0 (got -4 and 2)",
    ),
    "a gamma law for a share": (
        "0.95",
        "{¦gamma: {shape: 4, rate: 8}}",
        "procedure.look.accept_true.gamma: a gamma law is for rates and times, which this is not",
    ),
    "a value far from its law": (
        "0.95",
        "{value: ¦0.95, beta: {a: 10, b: 10}}",
        "procedure.look.accept_true.value: must be near the median of its law, which is 0.5 (got 0.95); "
        "change it or leave it out",
    ),
    "a grade that is none": (
        "0.64",
        "{value: 0.64, grade: ¦guessed}",
        'recogniser.threshold.grade: must be measured, derived, recalled or assumed (got "guessed")',
    ),
    "a source that is a number": (
        "0.64",
        "{value: 0.64, source: ¦2025}",
        "recogniser.threshold.source: must be text (got 2025); put it in quotes",
    ),
    "a mapping without its value": ("  threshold: 0.64", "  ¦threshold: {}", "recogniser.threshold.value: is missing"),
    "a typo in a quantity": (
        "0.64",
        "{¦valu: 0.64}",
        'recogniser.threshold: unknown key "valu"; did you mean "value"?',
    ),
    "a typo in an optional key": (
        "preset: field",
        "preset: field\n  ¦captur_rate: 0.9",
        'recogniser: unknown key "captur_rate"; did you mean "capture_rate"?',
    ),
    "a key of another section": (
        "name: minimal",
        "¦threshold: 0.6\nname: minimal",
        'unknown key "threshold"; did you mean "recogniser.threshold"?',
    ),
    "a key that is near nothing": (
        "name: minimal",
        "¦zzz: 1\nname: minimal",
        f'unknown key "zzz" (known keys: {SECTIONS})',
    ),
    "a key that only the loader fills": (
        "preset: field",
        "preset: field\n  ¦read_table: {}",
        'recogniser: unknown key "read_table"; did you mean "table"?',
    ),
    "a missing key": (
        "recogniser:\n  preset: field\n  threshold: 0.64",
        "¦recogniser: {preset: field}",
        "recogniser.threshold: is missing",
    ),
    "a missing section": ("name: minimal\n", "¦", "name: is missing"),
    "a preset that is none": (
        "preset: field",
        "preset: ¦filed",
        'recogniser.preset: must be one of field, npl (got "filed")',
    ),
    "neither a preset nor own values": (
        "recogniser:\n  preset: field",
        "¦recogniser:",
        "recogniser: without a preset or a table, fmr_at_anchor, anchor_threshold, slope_per_unit, tpir_at_anchor, "
        "capture_rate, score_sd must be given",
    ),
    "a section that is a number": (
        "  disposals: {wanted_arrest: 0.6}",
        "  disposals: ¦3",
        "procedure.disposals: is a section (got 3): its keys are wanted_arrest, wanted_other, conditions_arrest, "
        "conditions_other, stale_arrest",
    ),
    "a list that is a mapping": (
        "  deployments:\n    - {",
        "  ¦deployments:\n    {",
        "campaign.deployments: must be a list (got a mapping)",
    ),
    "no deployment": (
        '  deployments:\n    - {date: 2025-10-01, start: "11:00", hours: 4}',
        "  ¦deployments: []",
        "campaign.deployments: must have at least 1 (got 0)",
    ),
    "a deployment of no hours": (
        "hours: 4",
        "hours: ¦0",
        "campaign.deployments.0.hours: must be at least 0.01 (got 0)",
    ),
    "a deployment of two days": ("hours: 4", "hours: ¦48", "campaign.deployments.0.hours: must be at most 24 (got 48)"),
    "a deployment that is not a whole number of times": (
        "hours: 4",
        "hours: 4, count: ¦2.5",
        "campaign.deployments.0.count: must be a whole number (got 2.5)",
    ),
    "days past the calendar": (
        "2025-10-01",
        "9999-12-30, count: ¦3",
        "campaign.deployments.0.count: 3 days from 9999-12-30 run past the end of the calendar",
    ),
    "a date that is none": (
        "2025-10-01",
        "¦2025-13-01",
        'campaign.deployments.0.date: must be a date such as 2025-10-01 (got "2025-13-01")',
    ),
    "a date that is a number": (
        "2025-10-01",
        "¦2025",
        "campaign.deployments.0.date: must be a date such as 2025-10-01 (got 2025)",
    ),
    "a clock time that is none": (
        '"11:00"',
        '¦"25:00"',
        'campaign.deployments.0.start: must be a clock time such as "11:30", in quotes (got "25:00")',
    ),
    "a clock time that is a number": (
        '"11:00"',
        "¦11",
        "campaign.deployments.0.start: must be text (got 11); put it in quotes",
    ),
    "a profile from a time that is none": (
        "1000\n",
        '1000\n  profile: {"9:00": 1, "noon": ¦2}\n',
        'street.profile.noon: must be a clock time such as "11:30", in quotes (got "noon")',
    ),
    "a profile of no weight": (
        "1000\n",
        '1000\n  ¦profile: {"09:00": 0}\n',
        "street.profile: at least one weight must be above 0",
    ),
    "a profile with a number for a key": (
        "1000\n",
        "1000\n  profile: {¦9: 1}\n",
        "street.profile: a key must be text; put it in quotes (got 9); in braces numbers are written without commas",
    ),
    "one end passed twice": (
        "1000\n",
        "1000\n  share_passing_both: ¦0.2\n",
        "street.share_passing_both: needs camera_ends: 2 (got camera_ends 1)",
    ),
    "groups that are not everybody": (
        "1000\n",
        "1000\n  ¦groups: [{name: a, street_share: 0.9, list_share: 1}]\n",
        "street.groups: street_share must sum to 1 over the groups (got 0.9)",
    ),
    "a group matrix without groups": (
        "1000\n",
        "1000\n  ¦group_matrix: [[1]]\n",
        "street.group_matrix: must have one row and one column for each of the 0 groups",
    ),
    "both listed rates": (
        "watchlist:\n",
        "¦watchlist:\n  true_alerts_per_1000_passages: 1\n",
        "watchlist: give exactly one of listed_per_1000_passages and true_alerts_per_1000_passages",
    ),
    "kin beyond the level": (
        "preset: field",
        "preset: field\n  kin_per_100k_passages: ¦10\n  kin_tpir_at_anchor: 0.5",
        "recogniser.kin_per_100k_passages: the kin floor of 5e-05 false alerts per passage exceeds the whole FPIR of "
        "1.9e-06 at 0.64, which already includes kin; lower it or kin_tpir_at_anchor",
    ),
    "a genuine rate above capture": (
        "preset: field",
        "preset: field\n  tpir_at_anchor: ¦0.96",
        "recogniser.tpir_at_anchor: must be below capture_rate, which it includes (got 0.96 and 0.95)",
    ),
    "a look that prefers wrong people": (
        "0.95",
        "¦0.2",
        "procedure.look.accept_true: must be at least accept_false: a look that prefers wrong people is no look",
    ),
    "half a look": (
        "  look: {accept_true: 0.95, ",
        "  ¦look: {",
        "procedure.look: give either accept_true and accept_false, or d_prime and criterion",
    ),
    "more disposals than stops": (
        "  disposals: {wanted_arrest: 0.6}",
        "  ¦disposals: {wanted_arrest: 0.6, wanted_other: 0.5}",
        "procedure.disposals: wanted_arrest and wanted_other must sum to at most 1 (got 1.1)",
    ),
    "shifts out of order": (
        "vans: 1\n",
        "vans: 1\n  ¦shifts: [{after_min: 60, teams: 1}, {after_min: 30, teams: 2}]\n",
        "officers.shifts: must be in order of after_min, each later than the one before (got [60.0, 30.0])",
    ),
    "a name that is a number": ("name: minimal", "name: ¦5", "name: must be text (got 5); put it in quotes"),
    "a name with a terminal escape": (
        "name: minimal",
        'name: ¦"a\\e[2J"',
        r'name: text must not hold control characters (got "a\u001b[2J")',
    ),
    "a value of many letters": (
        "0.64",
        "¦" + 200 * "x",
        f'recogniser.threshold: {BARE_OR_MAPPING} (got "{77 * "x"}…")',
    ),
    "a table that is not there": (
        "preset: field",
        "table: ¦no.csv",
        "recogniser.table: no such file (got no.csv)",
    ),
    "a table that is a directory": (
        "preset: field",
        "table: ¦..",
        "recogniser.table: .. is a directory, not a CSV file",
    ),
    "joint draws that are not there": (
        "name: minimal\n",
        "name: minimal\njoint_draws: {file: ¦no.csv}\n",
        "joint_draws.file: no such file (got no.csv)",
    ),
    "a duplicate key": (
        "  teams: 2\n",
        "  teams: 2\n  ¦teams: 3\n",
        'officers: duplicate key "teams"; it is first given at x.yaml:16:3',
    ),
    "a tag": (
        "teams: 2",
        "teams: ¦!!python/object:os.system 2",
        "officers.teams: tags are not allowed; leave it out (got tag:yaml.org,2002:python/object:os.system)",
    ),
    "an anchor": (
        "teams: 2",
        "teams: ¦&two 2",
        "officers.teams: anchors and aliases are not allowed; write the value out (got &two)",
    ),
    "an alias": (
        "teams: 2",
        "teams: ¦*two",
        "officers.teams: anchors and aliases are not allowed; write the value out (got *two)",
    ),
    "a list for a key": ("teams: 2", "? ¦[a]\n  : 2", "officers: a key must be text (got a list or mapping)"),
}
