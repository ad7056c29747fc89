// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/dns01_naming.h"
#include "challenge/dns01_updater.h"
#include "challenge/solver.h"

#include <QHash>

#include <memory>

namespace challenge {

class AnswerClaims;

/// Proves names by dns-01 (RFC 8555 section 8.4), or by dns-account-01, with signed updates of the zones' primary
/// servers.
///
/// A name and its wildcard share one record with two values, of which only the own one is removed.
class Dns01Solver final : public Solver {
public:
    Dns01Solver(std::shared_ptr<AnswerClaims> claims, Dns01Updater updater, Dns01Naming naming);
    ~Dns01Solver() override;

    QString challengeType() const override;
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    Expectation expectation(const Answer& answer) const override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    QJsonObject receipt(const Answer& answer) const override;
    base::Task<base::Result<void>> awaitVisible(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;
    base::Task<std::optional<Leftover>> leftToPerson(QJsonObject placement) override;

private:
    base::Task<base::Result<void>> prepareRecord(QString record, std::stop_token stop);
    base::Task<base::Result<Dns01Place>> placeOf(QString record, std::stop_token stop);

    std::shared_ptr<AnswerClaims> m_claims;
    Dns01Updater m_updater;
    Dns01Naming m_naming;
    QHash<QString, Dns01Place> m_places; ///< by the name before aliases
    QHash<QByteArray, QString> m_receipts; ///< what its removal needs, by the value that was added; mostly nothing
};

} // namespace challenge
