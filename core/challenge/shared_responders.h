// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/listen_address.h"

#include <QMap>
#include <QString>

#include <memory>

namespace challenge {

class Http01Responder;

/// The running responders by listen address: each is held by the solvers that use it and ends with the last.
class SharedResponders {
public:
    /// The responder of `address`, started where none runs. AddressInUse where it cannot be bound.
    base::Result<std::shared_ptr<Http01Responder>> start(const ListenAddress& address);
    /// The responder of `address`, or null where none runs.
    std::shared_ptr<Http01Responder> running(const ListenAddress& address) const;

private:
    QMap<QString, std::weak_ptr<Http01Responder>> m_responders;
};

} // namespace challenge
