// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/enroller.h"

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
    Repositories& m_repositories;
    AcmeClients& m_clients;
    Vault& m_vault;
};

} // namespace lifecycle
