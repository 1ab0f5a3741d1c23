package moltbot.policies.purpose_test

import data.moltbot.policies.purpose
import rego.v1

denied(declared, labels, uses) := {v.code | some v in purpose.admission_deny with input as {
	"resource": {"labels": labels},
	"facts": {"declared": declared, "purposes": uses},
}}

care := {"moltbot.dev/purpose": "care"}

billing := [{"of": "McpServer/crm", "purpose": "billing"}]

test_another_purpose if denied(true, care, billing) == {"other"}

test_no_purpose if denied(true, {}, billing) == {"none"}

test_nothing_with_another_purpose if denied(true, care, []) == set()

test_what_goes_uses_nothing if denied(false, care, billing) | denied(false, {}, billing) == set()
