package moltbot.policies.workspace_test

import data.moltbot.policies.workspace
import rego.v1

denied(given) := {v.code | some v in workspace.grant_deny with input as given}

test_not_a_file_grant if denied({"workspace": null, "action": "get"}) == set()

test_writing_where_writing_is_allowed if denied({"workspace": {"inside": true, "mode": "write"}, "action": "write"}) == set()

test_reading_where_reading_is_allowed if denied({"workspace": {"inside": true, "mode": "read"}, "action": "read"}) == set()

test_writing_where_only_reading_is_allowed if {
	denied({"workspace": {"inside": true, "mode": "read"}, "action": "write"}) == {"mode"}
}

test_no_workspace_at_all if denied({"workspace": {"inside": true, "mode": "none"}, "action": "read"}) == {"mode"}

test_outside if denied({"workspace": {"inside": false, "mode": "write"}, "action": "read"}) == {"outside"}

test_an_incomplete_input_is_denied if denied({}) == {"outside", "mode"}
