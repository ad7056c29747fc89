// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authority.h"
#include "lifecycle/authority_condition.h"
#include "lifecycle/root_change.h"

#include <QJsonObject>

namespace cli {

/// The authority with how it was last found.
QJsonObject documentOf(const lifecycle::Authority& authority, const lifecycle::AuthorityCondition& condition);
QJsonObject documentOf(const lifecycle::CertificateFacts& certificate);
/// A clock that goes wrong by more than a minute, in words; empty for one that is right or unknown.
QString clockSkewText(const lifecycle::AuthorityCondition& condition);
/// What happened to the trust in a stopped authority and what to do, in words.
QString stopText(const lifecycle::Authority& authority, const lifecycle::AuthorityCondition& condition);

} // namespace cli
