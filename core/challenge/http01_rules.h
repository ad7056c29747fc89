// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "base/result.h"
#include "challenge/solver.h"

#include <QList>
#include <QString>

/// What holds for every way of answering http-01, and the rule about wildcards for all that cannot prove them.
namespace challenge {

/// InvalidInput about "names" where one is a wildcard, which the challenge cannot prove (RFC 8555 section 7.1.3).
base::Result<void> refuseWildcards(const QList<base::Identifier>& names, QStringView challengeType = u"http-01");
/// Protocol where a server's token is not base64url (RFC 8555 section 8.3): it becomes part of a path.
base::Result<void> checkToken(const QString& token);
/// The URL that the authority fetches, and the key authorization.
Expectation http01Expectation(const Answer& answer);

} // namespace challenge
