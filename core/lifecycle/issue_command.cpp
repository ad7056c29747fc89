// SPDX-License-Identifier: Apache-2.0
#include "lifecycle/issue_command.h"

#include "base/shell_command.h"

namespace lifecycle {
namespace {

using namespace Qt::StringLiterals;

void addOption(QStringList& words, const QString& option, const QString& value)
{
    if (!value.isEmpty())
        words += {option, value};
}

/// Whatever the challenge is: the one of its ways that the settings name.
void addProof(QStringList& words, const challenge::ProofSettings& proof)
{
    addOption(words, u"--challenge"_s, proof.challengeType);
    addOption(words, u"--solver"_s, proof.solverName);
    addOption(words, u"--listen"_s, proof.listenAddress);
    addOption(words, u"--webroot"_s, proof.webroot);
    addOption(words, u"--webroot-host"_s, proof.host);
}

QString moment(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODate) : QString();
}

/// In the largest unit that it is a multiple of, since the command line takes six digits.
QString duration(qint64 seconds)
{
    constexpr std::pair<qint64, QLatin1StringView> units[] {{86400, "d"_L1}, {3600, "h"_L1}, {60, "m"_L1}};
    for (const auto& [size, suffix] : units)
        if (seconds % size == 0)
            return QString::number(seconds / size) + suffix;
    return QString::number(seconds) + u's';
}

void addValidity(QStringList& words, const IssueRequest& request)
{
    addOption(words, u"--not-before"_s, moment(request.notBefore));
    // An order keeps the moment that a lifetime became; a new one counts it anew.
    if (request.lifetimeSeconds > 0)
        words += {u"--lifetime"_s, duration(request.lifetimeSeconds)};
    else
        addOption(words, u"--not-after"_s, moment(request.notAfter));
}

void addKey(QStringList& words, const IssueRequest& request)
{
    if (!request.csrDer.isEmpty())
        words += {u"--csr"_s, u"FILE"_s};
    else if (request.keyType != crypto::KeyType::EcP256)
        words += {u"--key"_s, crypto::keyTypeName(request.keyType)};
    for (const auto& [wanted, option] : {std::pair {request.reuseCsr && !request.csrDer.isEmpty(), u"--csr-reuse"_s},
                                         {request.keepKey, u"--keep-key"_s},
                                         {request.mustStaple, u"--must-staple"_s},
                                         {request.preauthorize, u"--preauthorize"_s}})
        if (wanted)
            words += option;
}

} // namespace

QString issueCommand(const IssueRequest& request, const QString& authorityName)
{
    QStringList words {u"sealwright-cli"_s, u"certificate"_s, u"issue"_s};
    if (request.csrDer.isEmpty())
        words += base::identifierValues(request.names);
    addOption(words, u"--authority"_s, authorityName);
    addOption(words, u"--account"_s, request.accountId);
    addProof(words, request.proof);
    addKey(words, request);
    addOption(words, u"--profile"_s, request.profile);
    addOption(words, u"--preferred-chain"_s, request.preferredChain);
    addValidity(words, request);
    for (const Tag& tag : request.tags)
        addOption(words, u"--tag"_s, tag.name());
    return base::shellCommand(words);
}

} // namespace lifecycle
