// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/secret.h"
#include "challenge/dns_provider.h"

#include <memory>

namespace challenge {

/// Changes TXT records at a provider that Lexicon knows, through a small driver that takes the credentials on its
/// standard input, where neither the list of processes nor the environment shows them.
class LexiconProvider final : public DnsProvider {
public:
    /// `credentials` are lines "option = value", the options as Lexicon names them ("auth_token").
    LexiconProvider(QString provider, std::shared_ptr<const base::Secret> credentials);

    /// Whether the provider takes the credentials.
    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) override;
    base::Task<base::Result<QString>> add(Dns01Place place, QByteArray value, std::stop_token stop) override;
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value, QString receipt) override;
    std::chrono::seconds patience() const override { return std::chrono::minutes(10); }

private:
    base::Task<base::Result<void>> run(QString action, Dns01Place place, QByteArray value, std::stop_token stop);

    QString m_provider;
    std::shared_ptr<const base::Secret> m_credentials;
};

} // namespace challenge
