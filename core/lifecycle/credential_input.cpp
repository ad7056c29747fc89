// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/credential_input.h"

#include "lifecycle/account_words.h"

#include <QUuid>

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;
using base::Result;
using State = EabCredential::State;

Result<void> changeState(EabCredential& credential, State wanted)
{
    const bool taken = credential.state == State::Bound || credential.state == State::Reserved;
    if (taken || (wanted != State::Unused && wanted != State::Spent))
        return base::invalid(u"state"_s,
                             taken ? u"an account has this credential; its state is not yours to say"_s
                                   : u"a credential can be told to be unused or spent"_s);
    credential.state = wanted;
    return {};
}

template <class T>
void take(T& member, const std::optional<T>& change)
{
    if (change)
        member = *change;
}

} // namespace

Result<EabCredential> credentialFrom(const EabDetails& details, const QDateTime& now)
{
    EabCredential credential;
    credential.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    credential.authorityId = details.authorityId;
    credential.kid = details.kid.trimmed();
    credential.algorithm = details.algorithm;
    credential.label = details.label.trimmed();
    credential.owner = details.owner.trimmed();
    credential.host = details.host.trimmed();
    credential.expiresAt = details.expiresAt;
    credential.createdAt = now;
    if (credential.kid.isEmpty())
        return base::invalid(u"kid"_s, u"the credential needs its key identifier"_s);
    if (!jose::macAlgorithmFromName(details.algorithm))
        return base::invalid(u"algorithm"_s, u"“%1” is none of HS256, HS384, HS512"_s.arg(details.algorithm));
    auto contacts = parseContacts(details.contacts);
    if (!contacts)
        return tl::unexpected(std::move(contacts).error());
    credential.contacts = *std::move(contacts);
    return credential;
}

Result<acme::DecodedMacKey> keyFrom(const EabDetails& details)
{
    auto decoded = acme::decodeMacKey(*details.keyText);
    if (decoded && decoded->looksEncodedOnceMore && details.decodeOnceMore.value_or(false))
        return acme::decodeMacKeyAgain(*decoded);
    return decoded;
}

Result<EabCredential> changed(EabCredential credential, const EabChanges& changes)
{
    auto contacts = parseContacts(changes.contacts.value_or(credential.contacts));
    if (!contacts)
        return tl::unexpected(std::move(contacts).error());
    if (changes.state)
        if (auto told = changeState(credential, *changes.state); !told)
            return tl::unexpected(std::move(told).error());
    credential.contacts = *std::move(contacts);
    take(credential.label, changes.label);
    take(credential.owner, changes.owner);
    take(credential.host, changes.host);
    take(credential.expiresAt, changes.expiresAt);
    return credential;
}

QString whyUnusable(State state)
{
    switch (state) {
    case State::Reserved:
        return u"an account was asked for with this credential and is not confirmed yet; resume it"_s;
    case State::Bound:
        return u"an account has this credential already"_s;
    case State::Spent:
        return u"this credential is spent; ask the authority for another"_s;
    case State::Refused:
        return u"the authority refused this credential; correct it, or say that it is unused to try it again"_s;
    case State::Expired:
        return u"this credential has expired; ask the authority for another"_s;
    case State::Unused:
        break;
    }
    return QString();
}

} // namespace lifecycle
