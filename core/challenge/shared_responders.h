// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "challenge/listen_address.h"

#include <QMap>
#include <QString>

#include <memory>

namespace challenge {

/// The running responders of one kind by listen address: each is held by the solvers that use it and ends with the
/// last.
template <class Responder>
class SharedResponders {
public:
    /// The responder of `address`, started where none runs. AddressInUse where it cannot be bound.
    base::Result<std::shared_ptr<Responder>> start(const ListenAddress& address)
    {
        if (auto responder = running(address))
            return responder;
        auto responder = std::make_shared<Responder>();
        if (auto listening = responder->listen(address); !listening)
            return base::failed(std::move(listening), u"opening the responder");
        m_responders.insert(address.toString(), responder);
        return responder;
    }

    /// The responder of `address`, or null where none runs.
    std::shared_ptr<Responder> running(const ListenAddress& address) const
    {
        return m_responders.value(address.toString()).lock();
    }

private:
    QMap<QString, std::weak_ptr<Responder>> m_responders;
};

} // namespace challenge
