// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/repositories.h"
#include "storage/database.h"
#include "support/await.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>

/// Sample records, and a data directory that lives as long as a test.
namespace records {

inline QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(1'800'000'000 + seconds, Qt::UTC);
}

inline lifecycle::Authority authority(const QString& id, const QString& name)
{
    lifecycle::Authority authority;
    authority.id = id;
    authority.name = name;
    authority.directoryUrl = QUrl(QStringLiteral("https://ca.example/acme/directory"));
    authority.rootsPem = "-----BEGIN CERTIFICATE-----";
    authority.proxy = QStringLiteral("none");
    authority.resolvers = QStringList(QStringLiteral("192.0.2.53:53"));
    authority.meta.kind = QStringLiteral("step-ca");
    authority.meta.externalAccountRequired = true;
    authority.meta.renewalInfo = true;
    authority.meta.termsOfService = QUrl(QStringLiteral("https://ca.example/terms"));
    authority.meta.profiles[QStringLiteral("short")] = QStringLiteral("six days");
    authority.meta.caaIdentities = QStringList(QStringLiteral("ca.example"));
    authority.checkedAt = at(1);
    authority.createdAt = at(0);
    return authority;
}

inline lifecycle::Account account(const QString& id, const QString& authorityId)
{
    lifecycle::Account account;
    account.id = id;
    account.authorityId = authorityId;
    account.contacts = QStringList(QStringLiteral("mailto:ops@example.com"));
    account.keyType = crypto::KeyType::EcP384;
    account.keyThumbprint = QStringLiteral("thumbprint");
    account.createdAt = at(0);
    return account;
}

inline lifecycle::EabCredential credential(const QString& id, const QString& authorityId, const QString& kid)
{
    lifecycle::EabCredential credential;
    credential.id = id;
    credential.authorityId = authorityId;
    credential.kid = kid;
    credential.algorithm = QStringLiteral("HS256");
    credential.label = QStringLiteral("web team");
    credential.createdAt = at(0);
    return credential;
}

inline lifecycle::IssueRequest request(const QStringList& names, const QString& certificateId)
{
    lifecycle::IssueRequest request;
    request.names = base::parseIdentifiers(names).value();
    request.authorityId = QStringLiteral("ca");
    request.accountId = QStringLiteral("acc");
    request.proof = challenge::ProofSettings::http01Listening(QStringLiteral("127.0.0.1:5002"));
    request.certificateId = certificateId;
    return request;
}

inline lifecycle::ManagedCertificate certificate(const QString& id, const QStringList& names)
{
    lifecycle::ManagedCertificate certificate;
    certificate.id = id;
    certificate.request = request(names, id);
    certificate.createdAt = at(0);
    return certificate;
}

inline lifecycle::OrderRecord order(const QString& id, const lifecycle::IssueRequest& request)
{
    lifecycle::OrderRecord order;
    order.id = id;
    order.request = request;
    order.createdAt = at(10);
    order.updatedAt = at(10);
    order.deadline = at(86'400);
    order.actor = QStringLiteral("bob");
    return order;
}

inline lifecycle::OrderEvent event(const QString& orderId, const QString& state, int sequence = 0)
{
    lifecycle::OrderEvent event;
    event.orderId = orderId;
    event.sequence = sequence;
    event.at = at(20);
    event.subject = lifecycle::OrderEvent::Subject::Challenge;
    event.identifier = QStringLiteral("www.example.com");
    event.challengeType = QStringLiteral("http-01");
    event.state = state;
    return event;
}

inline lifecycle::CertificateVersion version(const QString& id, const QString& certificateId, const QString& orderId)
{
    lifecycle::CertificateVersion version;
    version.id = id;
    version.certificateId = certificateId;
    version.orderId = orderId;
    version.names = QStringList(QStringLiteral("www.example.com"));
    version.subject = QStringLiteral("CN=www.example.com");
    version.issuer = QStringLiteral("CN=Issuing CA");
    version.serial = QStringLiteral("0A0B");
    version.notBefore = at(0);
    version.notAfter = at(9'000);
    version.keyDescription = QStringLiteral("ECDSA P-256");
    version.sha256 = QStringLiteral("aa");
    version.sha1 = QStringLiteral("bb");
    version.chainPem = "chain";
    version.issuedAt = at(100);
    version.renewAt = at(6'000);
    version.renewalReason = QStringLiteral("two thirds of its life");
    return version;
}

/// A data directory that is removed with this object, and databases on it.
class Folder {
public:
    Folder()
        : m_directory(storage::DataDirectory::open(path(), QStringLiteral("test")).value())
    {
    }

    QString path() const { return m_folder.filePath(QStringLiteral("data")); }
    storage::DataDirectory& directory() { return m_directory; }
    std::unique_ptr<storage::Database> database()
    {
        return support::await(storage::Database::open(m_directory)).value();
    }

private:
    QTemporaryDir m_folder;
    storage::DataDirectory m_directory;
};

} // namespace records
