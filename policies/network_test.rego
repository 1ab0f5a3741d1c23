package moltbot.policies.network_test

import data.moltbot.policies.network
import rego.v1

denied(given) := {v.code | some v in network.grant_deny with input as given}

test_not_a_network_grant if denied({"network": null}) == set()

test_below_the_ceiling if denied({"network": {"inside": true}}) == set()

test_beyond_the_ceiling if denied({"network": {"inside": false}}) == {"ceiling"}

test_not_known_is_denied if denied({"network": {"inside": null}}) == {"ceiling"}

test_an_incomplete_input_is_denied if denied({}) == {"ceiling"}
