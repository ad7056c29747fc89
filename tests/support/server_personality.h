// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/acme_fault_server.h"

/// The scripted server with the habits of real ones, one function for each. A new authority's quirks belong here, and a
/// row for it in tests/core/lifecycle/tst_server_quirks.cpp.
///
/// What is written here was read in the servers' sources or in reports of other clients' users; nobody's product is
/// started. Each function replaces the habits of the one before.
namespace support::personality {

/// Smallstep's engine, also in Caddy: no `meta`, the list of orders is a bare array, and an account whose list was read
/// while no order was pending gets no more orders; other HTTP statuses.
void stepCa(AcmeFaultServer& server);
/// No list of orders, a random entry in the directory, no validity dates, `conflict` for what was replaced; contacts
/// are looked at, may be refused, and are never stored.
void boulder(AcmeFaultServer& server);
/// Objects lack members, and orders wait until somebody approves them.
void ejbca(AcmeFaultServer& server);
/// Names are validated beforehand: their authorizations are valid and have no challenge.
void sectigo(AcmeFaultServer& server);
/// Sectigo's, minutes in `processing`, and a gateway that answers HTML.
void zeroSsl(AcmeFaultServer& server);
/// Bare words as error types, and authorizations of names validated beforehand that cannot be read.
void digiCert(AcmeFaultServer& server);
/// No account without a contact.
void googleTrustServices(AcmeFaultServer& server);
/// Its directory denies that external account binding is required; newAccount does not.
void sslCom(AcmeFaultServer& server);
/// Members missing or misspelt, and the `*.` of wildcards lost.
void entrust(AcmeFaultServer& server);
/// The answer to newOrder cannot be read.
void harica(AcmeFaultServer& server);
/// The list of orders answers with the account.
void actalis(AcmeFaultServer& server);
/// 201 where others answer 200.
void telesec(AcmeFaultServer& server);
/// Nonces belong to one replica of several: the first of each kind of request meets another one, and HTML.
void dogtag(AcmeFaultServer& server);
/// A wrapper of Active Directory Certificate Services: an order that was finalized still shows as `ready`, and a second
/// finalize is a conflict.
void adcsWrapper(AcmeFaultServer& server);
/// keyChange and revokeCert lead to a page in the clear.
void djangoCa(AcmeFaultServer& server);
/// Every URL relative, every JSON labelled as text, letter case of names changed, authorizations listed twice.
void sloppy(AcmeFaultServer& server);

} // namespace support::personality
