// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/support/facade_double.h"

namespace support {

/// Two authorities, accounts and credentials, certificates in every state, and orders that run, failed and were issued.
Scene sampleScene();
/// The same, with an older version (id "old", serial number 0DD) of the first certificate.
Scene versionsScene(bool keyElsewhere = false);
/// The same, with two roots of the first authority, and a new place for it.
Scene rotationScene();
/// A search for a way of proving finds the solver, after another way that does not work.
Scene suggestionScene();
/// An order whose record was put in place by hand and may go, and an authority with resolvers of its own.
Scene byHandScene();
/// The same, with the first authority stopped because its server shows another root.
Scene stoppedScene(bool sendsRoot);

} // namespace support
