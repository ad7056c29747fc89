// SPDX-License-Identifier: Apache-2.0
#include "inspect/certificate_report.h"

#include <QJsonArray>

namespace inspect {
namespace {

using namespace Qt::StringLiterals;
using crypto::Certificate;
using crypto::DigestAlgorithm;

ReportNode leaf(const QString& key, const QString& label, const QString& value)
{
    return {key, label, value, false, {}};
}

ReportNode branch(const QString& key, const QString& label, QList<ReportNode> children)
{
    return {key, label, {}, false, std::move(children)};
}

QString hexadecimal(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toHex(':').toUpper());
}

QString moment(const QDateTime& time)
{
    return time.toUTC().toString(Qt::ISODate);
}

void appendUnit(QStringList& parts, qint64 count, const QString& unit)
{
    if (count > 0)
        parts.append(u"%1 %2%3"_s.arg(QString::number(count), unit, count == 1 ? QString() : u"s"_s));
}

/// The time from the first to the last second, both included (RFC 5280 section 4.1.2.5), down to minutes.
QString lifetime(const QDateTime& notBefore, const QDateTime& notAfter)
{
    const qint64 seconds = notBefore.secsTo(notAfter) + 1;
    QStringList parts;
    appendUnit(parts, seconds / 86400, u"day"_s);
    appendUnit(parts, seconds / 3600 % 24, u"hour"_s);
    appendUnit(parts, seconds / 60 % 60, u"minute"_s);
    if (parts.isEmpty())
        appendUnit(parts, seconds, u"second"_s);
    return parts.isEmpty() ? u"none"_s : parts.join(u' ');
}

ReportNode namesOf(const Certificate& certificate)
{
    QList<ReportNode> names;
    for (const QString& name : certificate.dnsNames())
        names.append(leaf(u"dnsName"_s, u"DNS name"_s, name));
    for (const QString& address : certificate.ipAddresses())
        names.append(leaf(u"ipAddress"_s, u"IP address"_s, address));
    return branch(u"names"_s, u"Subject alternative names"_s, names);
}

ReportNode validityOf(const Certificate& certificate)
{
    return branch(u"validity"_s, u"Validity"_s,
                  {leaf(u"notBefore"_s, u"Not before"_s, moment(certificate.notBefore())),
                   leaf(u"notAfter"_s, u"Not after"_s, moment(certificate.notAfter())),
                   leaf(u"lifetime"_s, u"Lifetime"_s, lifetime(certificate.notBefore(), certificate.notAfter()))});
}

ReportNode publicKeyOf(const Certificate& certificate)
{
    const auto key = certificate.publicKey();
    const QString description = key ? key->description() : u"unknown"_s;
    const QByteArray digest = crypto::digest(DigestAlgorithm::Sha256, certificate.spkiDer());
    QList<ReportNode> children {leaf(u"algorithm"_s, u"Algorithm"_s, description)};
    if (key)
        children.append(leaf(u"bits"_s, u"Size in bits"_s, QString::number(key->bits())));
    children.append(leaf(u"spkiSha256"_s, u"SHA-256 of the public key"_s, hexadecimal(digest)));
    return branch(u"publicKey"_s, u"Public key"_s, children);
}

ReportNode extensionsOf(const Certificate& certificate)
{
    QList<ReportNode> extensions;
    for (const auto& extension : certificate.extensions()) {
        const QString critical = extension.critical ? u"yes"_s : u"no"_s;
        extensions.append(
            {u"extension"_s,
             extension.name,
             extension.text,
             extension.critical,
             {leaf(u"oid"_s, u"Object identifier"_s, extension.oid), leaf(u"critical"_s, u"Critical"_s, critical)}});
    }
    return branch(u"extensions"_s, u"Extensions"_s, extensions);
}

ReportNode fingerprintsOf(const Certificate& certificate)
{
    return branch(u"fingerprints"_s, u"Fingerprints"_s,
                  {leaf(u"sha256"_s, u"SHA-256"_s, hexadecimal(certificate.fingerprint(DigestAlgorithm::Sha256))),
                   leaf(u"sha1"_s, u"SHA-1"_s, hexadecimal(certificate.fingerprint(DigestAlgorithm::Sha1)))});
}

/// What a person would call the certificate.
QString nameOf(const Certificate& certificate)
{
    if (const QString name = certificate.commonName(); !name.isEmpty())
        return name;
    const QStringList names = certificate.dnsNames() + certificate.ipAddresses();
    return names.isEmpty() ? certificate.subject() : names.constFirst();
}

} // namespace

ReportNode reportOf(const Certificate& certificate)
{
    return {u"certificate"_s,
            u"Certificate"_s,
            nameOf(certificate),
            false,
            {
                leaf(u"subject"_s, u"Subject"_s, certificate.subject()),
                namesOf(certificate),
                leaf(u"issuer"_s, u"Issuer"_s, certificate.issuer()),
                validityOf(certificate),
                leaf(u"serial"_s, u"Serial number"_s, certificate.serialHex()),
                publicKeyOf(certificate),
                leaf(u"signatureAlgorithm"_s, u"Signature algorithm"_s, certificate.signatureAlgorithm()),
                extensionsOf(certificate),
                fingerprintsOf(certificate),
                leaf(u"pem"_s, u"PEM"_s, QString::fromLatin1(certificate.pem())),
            }};
}

ReportNode reportOf(const crypto::CertificateChain& chain)
{
    ReportNode report = reportOf(chain.leaf);
    ReportNode issuers = branch(u"chain"_s, u"Chain"_s, {});
    for (const Certificate& certificate : chain.intermediates)
        issuers.children.append(reportOf(certificate));
    report.children.insert(report.children.size() - 1, issuers);
    return report;
}

const ReportNode* findNode(const ReportNode& node, QStringView key)
{
    if (node.key == key)
        return &node;
    for (const ReportNode& child : node.children)
        if (const ReportNode* found = findNode(child, key))
            return found;
    return nullptr;
}

QJsonObject toJson(const ReportNode& node)
{
    QJsonObject json {{u"key"_s, node.key}, {u"label"_s, node.label}};
    if (!node.value.isEmpty())
        json.insert(u"value"_s, node.value);
    if (node.critical)
        json.insert(u"critical"_s, true);
    QJsonArray children;
    for (const ReportNode& child : node.children)
        children.append(toJson(child));
    if (!children.isEmpty())
        json.insert(u"children"_s, children);
    return json;
}

} // namespace inspect
