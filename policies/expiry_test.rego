package moltbot.policies.expiry_test

import data.moltbot.policies.expiry
import rego.v1

denied(given) := {v.code | some v in expiry.grant_deny with input as given}

test_without_end if denied({"expiry": "none"}) == set()

test_before_its_end if denied({"expiry": "active"}) == set()

test_after_its_end if denied({"expiry": "expired"}) == {"expired"}

test_an_unknown_state_is_denied if denied({"expiry": "soon"}) == {"expired"}

test_an_incomplete_input_is_denied if denied({}) == {"expired"}
