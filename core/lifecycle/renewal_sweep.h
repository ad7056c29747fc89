// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "acme/acme_client.h"
#include "lifecycle/authority.h"
#include "lifecycle/renewal_inquiries.h"

#include <optional>

namespace lifecycle {

/// One look at one authority's versions.
struct RenewalInquiries::Sweep {
    Authority authority;
    QDateTime unlessAskedSince; ///< null: asks what is due only
    std::stop_token stop;
    acme::AcmeClient* client = nullptr;
    QList<CertificateVersion> waiting;
    std::optional<base::Error> halted; ///< what makes further questions to this authority useless for now
    RenewalInquiryRound round;
    int failuresInARow = 0;
    bool mayReadDirectoryAgain = true;
};

} // namespace lifecycle
