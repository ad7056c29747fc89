// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/listen_address.h"
#include "challenge/solver.h"

#include <QMap>

#include <memory>

namespace challenge {

class Http01Responder;

/// The running responders by listen address: each is held by the solvers that use it and ends with the last.
class SharedResponders {
public:
    /// The responder of `address`, started where none runs. AddressInUse where it cannot be bound.
    base::Result<std::shared_ptr<Http01Responder>> at(const ListenAddress& address);

private:
    QMap<QString, std::weak_ptr<Http01Responder>> m_responders;
};

/// Proves names by http-01 (RFC 8555 section 8.3) with the built-in responder.
///
/// An answer disappears with the process, so that cleanUp() of a placement from before has nothing left to do.
class Http01Solver final : public Solver {
public:
    Http01Solver(std::shared_ptr<SharedResponders> responders, ListenAddress address);
    ~Http01Solver() override;

    QString challengeType() const override;
    base::Task<base::Result<void>> prepare(QList<base::Identifier> names, std::stop_token stop) override;
    QJsonObject placement(const Answer& answer) const override;
    base::Task<base::Result<void>> present(Answer answer, std::stop_token stop) override;
    base::Task<base::Result<void>> cleanUp(QJsonObject placement) override;

private:
    base::Result<void> listen();

    std::shared_ptr<SharedResponders> m_responders;
    ListenAddress m_address;
    std::shared_ptr<Http01Responder> m_responder;
};

/// InvalidInput about "names" where one is a wildcard, which http-01 cannot prove (RFC 8555 section 7.1.3).
base::Result<void> refuseWildcards(const QList<base::Identifier>& names);

} // namespace challenge
