// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/enroller.h"

namespace acme {
struct AccountContext;
class AcmeClient;
} // namespace acme

namespace lifecycle {

class AccountKeys;
class AcmeClients;
struct AccountSigner;
struct Repositories;

/// The order flow of RFC 8555 section 7.1. Where the account's key is changed while an order runs, the order goes on
/// with the new one.
class AcmeEnroller final : public Enroller {
public:
    AcmeEnroller(Repositories& repositories, AcmeClients& clients, AccountKeys& keys);

    base::Task<base::Result<Enrolled>> enroll(Enrolment enrolment) override;
    base::Task<base::Result<QList<GivenUpAuthorization>>> giveUp(GivingUp what, std::stop_token stop) override;

private:
    /// Runs the order, and again for as long as the account's key turns out to have been changed under it.
    base::Task<base::Result<Enrolled>> enrollAs(Enrolment enrolment, AccountSigner signer);
    base::Task<base::Result<Enrolled>> run(Enrolment enrolment, AccountSigner signer);
    /// The identifier of the certificate's current version (RFC 9773 section 5). Empty where the order is sent already,
    /// where another authority issued the version, and for an authority without renewalInfo.
    base::Task<QString> replacedBy(OrderRecord order, acme::AcmeClient& client, std::stop_token stop);

    Repositories& m_repositories;
    AcmeClients& m_clients;
    AccountKeys& m_keys;
};

} // namespace lifecycle
