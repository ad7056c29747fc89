// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/identifier.h"
#include "challenge/statement.h"
#include "dns/record.h"

#include <QList>
#include <QString>
#include <QStringList>

/// What CAA records say about who may issue for a name (RFC 8659), with the parameters of RFC 8657.
namespace challenge {

/// Who would issue, for whom and how.
struct CaaQuestion {
    base::Identifier name;
    QStringList issuers; ///< the names by which the authority goes in CAA records (RFC 8555 section 7.1.1)
    QString accountUri; ///< the account's URL at the authority; empty: not known yet
    QString challengeType; ///< "dns-01"
};

struct CaaJudgement {
    enum class Verdict {
        Allowed,
        Denied,
        Unknown, ///< it depends on what is not known: the authority's name, or the account
    };

    Verdict verdict = Verdict::Allowed;
    Statement statement = {}; ///< why
};

/// The names whose CAA records count for `name`: of these, the first one that has any (section 3). None for an IP
/// address.
QStringList caaNames(const base::Identifier& name);

/// Judges the CAA records of `owner`, one of caaNames(); there are none at any of them where `records` is empty.
CaaJudgement judgeCaa(const CaaQuestion& question, const QString& owner, const QList<dns::Record>& records);

} // namespace challenge
