// SPDX-License-Identifier: Apache-2.0
#include "ui/certificates/export_words.h"

#include <QCoreApplication>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using exchange::ExportFormat;

struct ExportWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ExportWords)
};

} // namespace

QString exportFormatText(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pem:
        return ExportWords::tr("Certificate (PEM)");
    case ExportFormat::FullChain:
        return ExportWords::tr("Full chain (PEM)");
    case ExportFormat::Der:
        return ExportWords::tr("Certificate (DER)");
    case ExportFormat::Pkcs12:
        return ExportWords::tr("PKCS#12 with key and chain");
    case ExportFormat::Pkcs12Legacy:
        return ExportWords::tr("PKCS#12, legacy encryption");
    case ExportFormat::Pkcs7:
        return ExportWords::tr("PKCS#7 chain");
    case ExportFormat::Key:
        return ExportWords::tr("Private key (PKCS#8 PEM)");
    }
    return QString();
}

QString exportFormatHint(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Pem:
        return ExportWords::tr("The certificate alone, as text.");
    case ExportFormat::FullChain:
        return ExportWords::tr("The certificate and the intermediates: what nginx, Apache and HAProxy want.");
    case ExportFormat::Der:
        return ExportWords::tr("The certificate alone, binary: for Java tools and appliances.");
    case ExportFormat::Pkcs12:
        return ExportWords::tr(
            "Encrypted with AES-256: Windows Server 2019, Windows 10 1709, macOS 12 and Java 8u301 or later.");
    case ExportFormat::Pkcs12Legacy:
        return ExportWords::tr(
            "3DES and SHA-1, weak: only for Windows Server 2016 and older, old Java and appliances that call "
            "a right password wrong.");
    case ExportFormat::Pkcs7:
        return ExportWords::tr(
            "Certificate and intermediates without the key: for Windows and Java key stores that have it.");
    case ExportFormat::Key:
        return ExportWords::tr("The private key alone, encrypted with a password.");
    }
    return QString();
}

QString exportFileEnding(const exchange::FormatDescription& format)
{
    switch (format.format) {
    case ExportFormat::FullChain:
        return u"-fullchain"_s + format.suffix;
    case ExportFormat::Pkcs12Legacy:
        return u"-legacy"_s + format.suffix;
    default:
        return format.suffix;
    }
}

} // namespace ui
