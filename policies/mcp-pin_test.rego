package moltbot.policies.mcp_pin_test

import data.moltbot.policies.mcp_pin
import rego.v1

denied(pin) := {v.code | some v in mcp_pin.admission_deny with input as {"facts": {"declared": true, "pin": pin}}}

warned(pin) := {v.code | some v in mcp_pin.admission_warn with input as {"facts": {"declared": true, "pin": pin}}}

test_whatever_is_newest if denied({"floating": true, "locked": false}) == {"floating"}

test_whatever_is_newest_says_it_once if warned({"floating": true, "locked": false}) == set()

test_newest_with_known_tools if denied({"floating": true, "locked": true}) == set()

test_an_exact_version if denied({"floating": false, "locked": false}) == set()

test_unknown_tools if warned({"floating": false, "locked": false}) == {"surface"}

test_known_tools if warned({"floating": false, "locked": true}) == set()

test_no_server if denied(null) | warned(null) == set()

test_a_server_that_goes if {
	given := {"facts": {"declared": false, "pin": {"floating": true, "locked": false}}}
	surface := {"facts": {"declared": false, "pin": {"floating": false, "locked": false}}}
	found := {v.code | some v in mcp_pin.admission_deny with input as given}
	others := {v.code | some v in mcp_pin.admission_warn with input as surface}
	found | others == set()
}
