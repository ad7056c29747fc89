// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/error.h"
#include "base/result.h"
#include "lifecycle/authority.h"

#include <QDateTime>

/// What authorities do with EAB credentials, and what became of one when a registration failed.
namespace lifecycle {

/// How an authority treats its EAB credentials.
struct EabRules {
    bool required = false;
    bool singleUse = false; ///< one credential binds one account
    int validDays = 0; ///< unused, it expires after so many days; 0: it does not, or nobody knows
    bool contactRequired = false; ///< an account without a contact is refused
};

EabRules eabRulesOf(const Authority& authority);
/// The rules in English, for the command line; empty where there is nothing to say.
QString eabRulesSentence(const EabRules& rules);

/// Whether the credential counts as spent after a registration that failed, and why.
struct EabFate {
    enum class Spent { No, Yes, Unknown };
    enum class Reason {
        NotSent, ///< the request never left
        Wait, ///< the authority asks to come back later
        RefusedBefore, ///< refused for something else: an account was not made
        NotAccepted, ///< the authority looked at the credential and did not accept it
        UsedElsewhere, ///< the authority says that an account has it already
        ReplyLost, ///< the account may exist: resume with its key
    };
    Spent spent = Spent::Unknown;
    Reason reason = Reason::ReplyLost;
};

/// What a failed newAccount that carried a credential (RFC 8555 section 7.3.4) says about it.
EabFate eabFateAfter(const base::Error& error);
/// "no", "yes" or "unknown".
QString spentName(EabFate::Spent spent);
/// The fate in English, for logs and the command line.
QString eabFateSentence(const EabFate& fate);

/// The last moment of a credential: a date means the end of that day in UTC. A null time for empty text. InvalidInput
/// about "expires".
base::Result<QDateTime> parseExpiry(const QString& text);

} // namespace lifecycle
