# METADATA
# title: Programs only from the platform team
package moltbot.policies.hands

import rego.v1

admission_deny contains {
	"code": "exec-signer",
	"message": sprintf("%v may be given %v only by a commit that one of %v signed; this one is %v.", [
		input.resource.name,
		grant.name,
		concat(", ", data.moltbot.settings.hands.team),
		signed,
	]),
	"path": "/spec/capabilities",
} if {
	input.resource.kind == "Agent"
	some grant in input.new.capabilities
	grant.tool == "exec.run"
	not had(grant)
	not by_team
}

# What the agent had before, to the last constraint, was judged when it came.
had(grant) if grant in input.old.capabilities

by_team if {
	input.commit.verified == true
	input.signer.identity in data.moltbot.settings.hands.team
}

default signed := "signed by nobody who is known"

signed := sprintf("signed by %v", [input.signer.identity]) if is_object(input.signer)
