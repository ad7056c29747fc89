// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/program_run.h"
#include "challenge/dns_provider.h"
#include "challenge/solver_settings.h"

namespace challenge {

/// Changes TXT records by programs that were written for certbot's manual hooks or for dehydrated, unmodified.
///
/// certbot: the program finds CERTBOT_DOMAIN and CERTBOT_VALIDATION in its environment, the one that cleans up
/// CERTBOT_AUTH_OUTPUT too, which is what the first one wrote: the receipt. dehydrated: it is called with
/// `deploy_challenge` or `clean_challenge`, the domain, a file name that means nothing for DNS, and the value.
class HookProvider final : public DnsProvider {
public:
    explicit HookProvider(SolverSettings settings);

    /// Only that the programs can be run: what they would do, they alone know.
    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) override;
    base::Task<base::Result<QString>> add(Dns01Place place, QByteArray value, std::stop_token stop) override;
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value, QString receipt) override;

private:
    base::Result<base::ProgramCall> call(const QString& command, const QString& verb, const Dns01Place& place,
                                         const QByteArray& value) const;

    bool isOfCertbot() const { return m_settings.method == DnsMethod::CertbotHooks; }

    SolverSettings m_settings;
};

/// A hook's command as certbot's users write it, "PROGRAM [ARGUMENT…]", without a shell; quotes group words.
/// InvalidInput about `field` where it does not begin with the absolute path of a program that can be run.
base::Result<QStringList> hookCommand(const QString& text, const QString& field);

} // namespace challenge
