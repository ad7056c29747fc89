// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/enroller.h"

#include <QHash>

namespace acme {
class AcmeClient;
}

namespace lifecycle {

class AcmeClients;
class Vault;
struct Repositories;

/// The order flow of RFC 8555 section 7.1.
class AcmeEnroller final : public Enroller {
public:
    AcmeEnroller(Repositories& repositories, AcmeClients& clients, Vault& vault);

    base::Task<base::Result<crypto::CertificateChain>> enroll(Enrolment enrolment) override;

private:
    /// The identifier of the certificate's current version (RFC 9773 section 5). Empty where the order is sent already,
    /// where another authority issued the version, and for an authority without renewalInfo.
    base::Task<QString> replacedBy(OrderRecord order, acme::AcmeClient& client, std::stop_token stop);
    base::Task<base::Result<crypto::PrivateKey>> accountKey(QString accountId);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Vault& m_vault;
    QHash<QString, crypto::PrivateKey> m_keys; ///< opened account keys, as long as the vault is open
};

} // namespace lifecycle
