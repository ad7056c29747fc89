// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/statement.h"

#include <QList>
#include <QString>

namespace challenge {

/// What one check before an order found out. Advisory: the authority alone decides.
struct Finding {
    enum class Check {
        ResolvesHere, ///< the name has an address for the programs of this machine
        ResolvesForAuthority, ///< the same for the authority's resolvers
        ResolvesFromHost, ///< the same on another host
        RecordFromHost, ///< what another host sees where the record that proves the name has to be
        CanAnswer, ///< an answer can be put in place at all: the port, the folder, the zone
        AnswerArrives, ///< what is put in place is found where the authority will look
        ArrivesFromHost, ///< the same from another host
        Caa, ///< the authority may issue for the name (RFC 8659)
        Clock, ///< the authority's clock and ours agree
    };
    /// From best to worst, but for Unknown.
    enum class Verdict { Good, Unknown, Warning, Bad };

    QString name; ///< empty: about the whole request
    Check check = Check::ResolvesHere;
    Verdict verdict = Verdict::Unknown;
    QList<Statement> statements; ///< what was found; several where a name has several addresses, or one leads on

    /// What was found, in English.
    QString sentence() const { return sentenceOf(statements); }

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// "resolves-here" …, stable.
QString checkName(Finding::Check check);
/// "good", "warning", "bad" or "unknown", stable.
QString verdictName(Finding::Verdict verdict);
/// What was found at each address of a name as one finding: one that fails is worth a warning where others are good,
/// since authorities may choose it.
Finding summaryOf(const QList<Finding>& ofAddresses);

} // namespace challenge
