// SPDX-License-Identifier: Apache-2.0
#include "exchange/exporter.h"

#include "exchange/certificate_files.h"
#include "exchange/key_files.h"

#include <algorithm>

namespace exchange {
namespace {

using namespace Qt::StringLiterals;
using base::Result;

QList<FormatDescription> makeFormats()
{
    return {
        {ExportFormat::Pem, u"pem"_s, u".pem"_s, false, false, writePem},
        {ExportFormat::FullChain, u"fullchain"_s, u".pem"_s, false, false, writeFullChain},
        {ExportFormat::Der, u"der"_s, u".der"_s, false, false, writeDer},
        {ExportFormat::Pkcs12, u"p12"_s, u".p12"_s, true, true, writePkcs12},
        {ExportFormat::Pkcs12Legacy, u"p12-legacy"_s, u".p12"_s, true, true, writePkcs12Legacy},
        {ExportFormat::Pkcs7, u"p7b"_s, u".p7b"_s, false, false, writePkcs7},
        {ExportFormat::Key, u"key"_s, u".key"_s, true, true, writeKey},
    };
}

QString formatNames()
{
    QStringList names;
    for (const FormatDescription& format : formats())
        names.append(format.name);
    return names.join(u", "_s);
}

Result<void> checkKey(const crypto::CertificateChain& chain, const crypto::PrivateKey* key, const QString& format)
{
    if (!key)
        return base::invalid(u"key"_s, u"the format %1 needs the private key, which is not here"_s.arg(format));
    if (key->publicKey().spkiDer() != chain.leaf.spkiDer())
        return base::invalid(u"key"_s, u"the private key is not that of the certificate"_s);
    return {};
}

bool lacksPassword(const FormatDescription& format, const ExportOptions& options)
{
    const bool inTheClear = format.format == ExportFormat::Key && options.unencryptedKey;
    return format.needsPassword && !inTheClear && (!options.password || options.password->isEmpty());
}

} // namespace

const QList<FormatDescription>& formats()
{
    static const QList<FormatDescription> all = makeFormats();
    return all;
}

const FormatDescription& describe(ExportFormat format)
{
    const auto isFormat = [format](const FormatDescription& description) { return description.format == format; };
    return *std::find_if(formats().cbegin(), formats().cend(), isFormat);
}

Result<ExportFormat> formatFromName(QStringView name)
{
    for (const FormatDescription& format : formats())
        if (format.name == name)
            return format.format;
    return base::invalid(u"format"_s, u"\"%1\" is no export format; there are %2"_s.arg(name.left(100), formatNames()));
}

Result<ExportedFile> exportCertificate(const crypto::CertificateChain& chain, const crypto::PrivateKey* key,
                                       const ExportOptions& options)
{
    const FormatDescription& format = describe(options.format);
    if (format.needsKey)
        if (auto checked = checkKey(chain, key, format.name); !checked)
            return base::failed(std::move(checked).error());
    if (lacksPassword(format, options))
        return base::invalid(u"password"_s,
                             u"the format %1 holds the private key and needs a password"_s.arg(format.name));
    auto bytes = format.write(chain, key, options);
    if (!bytes)
        return base::failed(std::move(bytes), u"exporting");
    return ExportedFile {*std::move(bytes), format.needsKey, format.suffix};
}

Result<void> writeExport(const QString& path, const ExportedFile& file, base::platform::Overwrite overwrite)
{
    return base::platform::writeFile(path, file.bytes.view(), overwrite, file.containsKey);
}

} // namespace exchange
