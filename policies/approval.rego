# METADATA
# title: A person is asked
# description: Every tool call needs the approval of a person unless its grant says otherwise, and a grant that says `never` is pointed out.
package moltbot.policies.approval

import rego.v1

grant_oblige contains {
	"code": "required",
	"message": "A person approves each call.",
} if {
	not waived
	not once
}

grant_oblige contains {
	"code": "session",
	"message": "A person approves the first call of a session.",
} if {
	once
}

once if input.constraints.approval == "once"

waived if input.constraints.approval == "never"

# A setting of a target is not a call.
waived if input.passthrough != null

admission_warn contains {
	"code": "never",
	"message": "Nobody is asked before this tool is used.",
	"path": pointer,
} if {
	some pointer in input.facts.unattended
}

grant_deny contains {
	"code": "mutating",
	"message": "The tool can change something, and the grant says that nobody is asked. Say `always` or `once`, or have an exception made for a time.",
} if {
	input.constraints.approval == "never"
	input.mutates != false
}
