// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/enroller.h"

#include <QHash>

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
    base::Task<base::Result<crypto::PrivateKey>> accountKey(QString accountId);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    Vault& m_vault;
    QHash<QString, crypto::PrivateKey> m_keys; ///< opened account keys, as long as the vault is open
};

} // namespace lifecycle
