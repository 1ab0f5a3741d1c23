package moltbot.policies.open_channel_test

import data.moltbot.policies.open_channel
import rego.v1

denied(given) := {v.code | some v in open_channel.grant_deny with input as given}

refused(channel) := {[v.code, v.path] | some v in open_channel.admission_deny with input as {"facts": {"channel": channel}}}

test_no_open_channel if denied({"reach": {"openChannel": null}}) == set()

test_an_open_channel if denied({"reach": {"openChannel": "web"}}) == {"reachable"}

test_an_incomplete_input_is_denied if denied({}) == {"reachable"}

test_an_open_channel_with_tools if {
	refused({"open": true, "reachesTools": true, "pointer": "/spec/access"}) == {["tools", "/spec/access"]}
}

test_an_open_channel_without_tools if refused({"open": true, "reachesTools": false, "pointer": "/spec/access"}) == set()

test_a_closed_channel if refused({"open": false, "reachesTools": true, "pointer": "/spec/access"}) == set()

test_not_a_channel if refused(null) == set()
