"""Where a service can take place: CMS's two-digit place-of-service codes that a counseling practice meets."""

from __future__ import annotations

# Numbers from CMS's place-of-service code set (CMS-1500 box 24B); the words are ours.
PLACES_OF_SERVICE: dict[str, str] = {
    "11": "Office",
    "10": "Telehealth, client at home",
    "02": "Telehealth, client elsewhere",
    "12": "Client's home",
    "03": "School",
    "04": "Homeless shelter",
    "13": "Assisted living",
    "14": "Group home",
    "18": "Worksite",
    "19": "Off-campus hospital outpatient",
    "21": "Hospital, inpatient",
    "22": "Hospital, outpatient",
    "31": "Skilled nursing facility",
    "32": "Nursing facility",
    "49": "Independent clinic",
    "50": "Federally qualified health center",
    "51": "Psychiatric hospital",
    "52": "Psychiatric day program",
    "53": "Community mental health center",
    "55": "Residential substance use facility",
    "56": "Residential psychiatric center",
    "57": "Outpatient substance use facility",
    "58": "Opioid treatment program",
    "71": "Public health clinic",
    "72": "Rural health clinic",
    "99": "Other place",
}
