package moltbot.policies.untrusted_secrets_test

import data.moltbot.policies.untrusted_secrets
import rego.v1

denied(reach) := {v.code | some v in untrusted_secrets.admission_deny with input as {"resource": {"kind": "Agent"}, "facts": {"declared": true, "reach": reach}}}

test_both if denied({"openChannel": "web", "secret": "crm"}) == {"reachable"}

test_no_open_channel if denied({"openChannel": null, "secret": "crm"}) == set()

test_no_secret if denied({"openChannel": "web", "secret": null}) == set()

test_unknown_is_denied if denied({}) == {"reachable"}

test_what_goes_is_not if {
	count(untrusted_secrets.admission_deny) == 0 with input as {"resource": {"kind": "Agent"}, "facts": {"declared": false, "reach": null}}
}
