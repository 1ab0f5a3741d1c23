package moltbot.policies.team_ceiling_test

import data.moltbot.policies.team_ceiling
import rego.v1

denied(given) := {v.code | some v in team_ceiling.grant_deny with input as given}

test_no_ceiling if denied({"reach": {"ceiling": null}}) == set()

test_beyond if denied({"reach": {"ceiling": {"team": "care", "by": "support"}}}) == {"beyond"}

test_an_incomplete_input_is_denied if denied({}) == {"beyond"}
