package moltbot.policies.approval_test

import data.moltbot.policies.approval
import rego.v1

obliged(given) := {v.code | some v in approval.grant_oblige with input as given}

call(constraints) := {"constraints": constraints, "passthrough": null}

test_asked_each_time if obliged(call({"approval": "always"})) == {"required"}

test_asked_once if obliged(call({"approval": "once"})) == {"session"}

test_waived if obliged(call({"approval": "never"})) == set()

test_asked_when_nothing_is_said if obliged(call({})) == {"required"}

test_asked_when_the_word_is_unknown if obliged(call({"approval": "Never"})) == {"required"}

test_an_incomplete_input_is_asked if obliged({}) == {"required"}

test_a_setting_is_no_call if obliged({"constraints": {}, "passthrough": {"target": "openclaw"}}) == set()

test_never_is_pointed_out if {
	found := {[v.code, v.path] | some v in approval.admission_warn with input as {"facts": {"unattended": ["/spec/capabilities/1"]}}}
	found == {["never", "/spec/capabilities/1"]}
}

test_nothing_to_point_out if {
	found := {v | some v in approval.admission_warn with input as {"facts": {"unattended": []}}}
	found == set()
}

denied(given) := {v.code | some v in approval.grant_deny with input as given}

test_changing_something_unasked if denied({"constraints": {"approval": "never"}, "mutates": true}) == {"mutating"}

test_perhaps_changing_something_unasked if denied({"constraints": {"approval": "never"}, "mutates": null}) == {"mutating"}

test_reading_unasked if denied({"constraints": {"approval": "never"}, "mutates": false}) == set()

test_changing_something_when_asked if denied({"constraints": {"approval": "once"}, "mutates": true}) == set()
