// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/clock.h"
#include "challenge/listen_address.h"
#include "challenge/solver.h"
#include "crypto/certificate_builder.h"

#include <QMap>
#include <QStringList>

#include <chrono>
#include <memory>

namespace challenge {

class AnswerClaims;
template <class Responder>
class SharedResponders;
class TlsAlpn01Responder;

/// Proves names by tls-alpn-01 (RFC 8737) with the built-in responder, IP addresses too (RFC 8738 section 6).
///
/// One certificate is shown for a name at a time. Where another order proves the same name by another answer on this
/// address, present() waits until that is over, and meanwhile lets go of what it presented before: so no two orders
/// wait for each other. An answer disappears with the process, so that cleanUp() of a placement from before has nothing
/// left to do.
class TlsAlpn01Solver final : public Solver {
public:
    using Responders = SharedResponders<TlsAlpn01Responder>;

    /// How long present() waits for other orders before it fails with Busy; the order can be resumed then.
    static constexpr std::chrono::milliseconds Patience {120'000};

    /// `clock` outlives the solver.
    TlsAlpn01Solver(std::shared_ptr<Responders> responders, std::shared_ptr<AnswerClaims> claims, base::Clock& clock,
                    ListenAddress address, std::chrono::milliseconds patience = Patience);
    ~TlsAlpn01Solver() override;

    QString challengeType() const override;
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    Expectation expectation(const Answer& answer) const override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;

private:
    struct Proof {
        QString keyAuthorization;
        crypto::Identity identity;
    };

    base::Result<void> listen();
    void want(const QString& serverName, Proof proof);
    /// The name among the missing ones that another order proves now, or empty.
    QString occupied() const;
    void presentMissing();
    void letGo(const QString& serverName);
    void letGoOfAll();

    std::shared_ptr<Responders> m_responders;
    std::shared_ptr<AnswerClaims> m_claims;
    base::Clock& m_clock;
    ListenAddress m_address;
    std::chrono::milliseconds m_patience;
    std::shared_ptr<TlsAlpn01Responder> m_responder;
    QMap<QString, Proof> m_wanted; ///< what is presented, or has to be, by server name
    QStringList m_missing; ///< those of them that are not presented
};

} // namespace challenge
