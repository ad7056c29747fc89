// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/task.h"
#include "challenge/patience.h"
#include "dns/resolver.h"

#include <QHostAddress>
#include <QList>

#include <memory>
#include <stop_token>

namespace challenge {

/// The addresses of names as somebody sees them.
class AddressView {
public:
    virtual ~AddressView() = default;

    /// Empty where the name certainly has none. Network, Timeout, Rejected, Protocol, Cancelled.
    virtual base::Task<base::Result<QList<QHostAddress>>> addresses(QString name, std::stop_token stop) = 0;
};

/// As the programs of this machine see them.
class MachineView final : public AddressView {
public:
    base::Task<base::Result<QList<QHostAddress>>> addresses(QString name, std::stop_token stop) override;

private:
    Patience m_patience;
};

/// As a resolver does: IPv6 addresses first, as authorities prefer them.
class ResolverView final : public AddressView {
public:
    explicit ResolverView(std::shared_ptr<dns::Resolver> resolver);

    base::Task<base::Result<QList<QHostAddress>>> addresses(QString name, std::stop_token stop) override;

private:
    std::shared_ptr<dns::Resolver> m_resolver;
};

/// "web.corp.example (192.0.2.7:80)", or the second alone where the name is the address.
QString placeText(const QString& name, const QHostAddress& address, quint16 port);

} // namespace challenge
