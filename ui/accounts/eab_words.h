// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/bulk_registration.h"
#include "lifecycle/credential_import.h"
#include "lifecycle/eab_rules.h"
#include "ui/common/status.h"

/// EAB credentials in the words of windows.
namespace ui {

/// What became of the credential, and what to do about it.
QString fateText(const lifecycle::EabFate& fate);
/// How the authority treats its credentials; empty where nothing is known.
QString rulesText(const lifecycle::EabRules& rules);
Status statusOf(lifecycle::BulkRegistrationOutcome::Result result);
Status statusOf(lifecycle::CredentialImportLine::Verdict verdict);

} // namespace ui
