# METADATA
# title: MCP servers are what was reviewed
# description: A server whose program is fetched anew at each start, or whose tools were never written down, can become another one without anybody reviewing it.
package moltbot.policies.mcp_pin

import rego.v1

admission_deny contains {
	"code": "floating",
	"message": "The program is fetched at start, in whatever version is newest then. Name an exact version, or lock the tools as they were reviewed.",
	"path": "/spec/transport/stdio/args",
} if {
	not gone
	input.facts.pin.floating == true
	not locked
}

admission_warn contains {
	"code": "surface",
	"message": "The tools of the server are not locked: what they say they do, and so what models do with them, can change without a review.",
	"path": "/spec",
} if {
	not gone
	input.facts.pin.floating == false
	not locked
}

locked if input.facts.pin.locked == true

# Whether it goes is a fact of its own: reading `input.new` would make every question another one.
gone if input.facts.declared == false
