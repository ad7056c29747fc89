// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "challenge/address_view.h"

#include <QHash>

namespace support {

/// What this machine would know if it had this hosts file alone, so that no test asks the network.
class KnownAddresses final : public challenge::AddressView {
public:
    explicit KnownAddresses(QHash<QString, QString> addresses = {})
        : m_addresses(std::move(addresses))
    {
    }

    base::Task<base::Result<QList<QHostAddress>>> addresses(QString name, std::stop_token) override
    {
        QList<QHostAddress> found;
        if (m_addresses.contains(name))
            found.append(QHostAddress(m_addresses.value(name)));
        co_return found;
    }

private:
    QHash<QString, QString> m_addresses;
};

} // namespace support
