#!/usr/bin/env bash
# Starts Electron with a copy of its output in a file. Playwright reads the output until its connection stands and
# throws that part away, so what a program says while it starts would be lost to the tests.
# The exec keeps the process id: a kill meant for the program hits the program.
exec "$PATCHBAY_TEST_ELECTRON" "$@" > >(exec tee -a "$PATCHBAY_TEST_LOG") 2> >(exec tee -a "$PATCHBAY_TEST_LOG" >&2)
