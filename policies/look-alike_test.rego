package moltbot.policies.look_alike_test

import data.moltbot.policies.look_alike
import rego.v1

said(declared, found) := {v.code | some v in look_alike.admission_deny with input as {"facts": {"declared": declared, "lookAlike": found}}} | {v.code |
	some v in look_alike.admission_warn with input as {"facts": {"declared": declared, "lookAlike": found}}
}

test_the_same if said(true, {"to": "github", "same": true}) == {"same"}

test_near if said(true, {"to": "github", "same": false}) == {"near"}

test_nothing_like_it if said(true, null) == set()

test_what_goes if said(false, {"to": "github", "same": true}) | said(false, {"to": "github", "same": false}) == set()
