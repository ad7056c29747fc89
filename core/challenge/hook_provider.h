// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/program_run.h"
#include "challenge/dns_provider.h"
#include "challenge/solver_settings.h"

#include <QHash>

#include <memory>

namespace challenge {

/// What certbot's programs wrote that put values in place, by value: for those that take them away.
using HookOutputs = QHash<QByteArray, QByteArray>;

/// Changes TXT records by programs that were written for certbot's manual hooks or for dehydrated, unmodified.
///
/// certbot: the program finds CERTBOT_DOMAIN and CERTBOT_VALIDATION in its environment, the one that cleans up
/// CERTBOT_AUTH_OUTPUT too, unless this process is not the one that put the record in place. dehydrated: it is called
/// with `deploy_challenge` or `clean_challenge`, the domain, a file name that means nothing for DNS, and the value.
class HookProvider final : public DnsProvider {
public:
    /// `outputs` are kept where a provider that is made later finds them.
    HookProvider(SolverSettings settings, std::shared_ptr<HookOutputs> outputs);

    /// Only that the programs can be run: what they would do, they alone know.
    base::Task<base::Result<void>> probe(Dns01Place place, std::stop_token stop) override;
    base::Task<base::Result<void>> add(Dns01Place place, QByteArray value, std::stop_token stop) override;
    base::Task<base::Result<void>> remove(Dns01Place place, QByteArray value) override;

private:
    base::Result<base::ProgramCall> call(const QString& command, const QString& verb, const Dns01Place& place,
                                         const QByteArray& value) const;

    SolverSettings m_settings;
    std::shared_ptr<HookOutputs> m_outputs;
};

/// A hook's command as certbot's users write it, "PROGRAM [ARGUMENT…]", without a shell; quotes group words.
/// InvalidInput about `field` where it does not begin with the absolute path of a program that can be run.
base::Result<QStringList> hookCommand(const QString& text, const QString& field);

} // namespace challenge
