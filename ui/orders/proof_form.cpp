// SPDX-License-Identifier: Apache-2.0
#include "ui/orders/proof_form.h"

#include "lifecycle/authority.h"
#include "ui/common/widgets.h"

#include <QComboBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QSettings>
#include <QVBoxLayout>

namespace ui {
namespace {

using namespace Qt::StringLiterals;
using challenge::ProofSettings;

enum Way { BuiltIn, Webroot };

QString key(const lifecycle::Authority& authority, const QString& what)
{
    return u"proof/%1/%2"_s.arg(authority.id, what);
}

} // namespace

ProofForm::ProofForm(QWidget* parent)
    : QWidget(parent)
    , m_way(new QComboBox)
    , m_listen(new QLineEdit)
    , m_webrootRow(new QWidget)
    , m_webroot(new QLineEdit)
{
    m_way->setObjectName(u"proofWay"_s);
    m_way->setAccessibleName(tr("How names are proved"));
    m_way->addItems({tr("http-01, answered by Sealwright itself"), tr("http-01, by the folder of a web server")});
    m_listen->setObjectName(u"proofListenAddress"_s);
    m_listen->setAccessibleName(tr("Address and port to listen on"));
    m_listen->setPlaceholderText(tr("ADDRESS:PORT, for example 0.0.0.0:80"));
    m_webroot->setObjectName(u"proofWebroot"_s);
    m_webroot->setAccessibleName(tr("Folder that the web server serves"));
    m_webroot->setPlaceholderText(u"/var/www/html"_s);
    QPushButton* browse = makeButton(tr("Bro&wse…"), u"proofWebrootBrowse"_s, u"folder"_s);
    auto* row = new QHBoxLayout(m_webrootRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_webroot, 1);
    row->addWidget(browse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_way);
    layout->addWidget(m_listen);
    layout->addWidget(m_webrootRow);
    connect(m_way, &QComboBox::currentIndexChanged, this, &ProofForm::showChosen);
    connect(m_listen, &QLineEdit::textChanged, this, &ProofForm::changed);
    connect(m_webroot, &QLineEdit::textChanged, this, &ProofForm::changed);
    connect(browse, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Folder that the web server serves"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        connect(dialog, &QFileDialog::fileSelected, m_webroot, &QLineEdit::setText);
        dialog->open();
    });
    showChosen();
}

void ProofForm::showChosen()
{
    m_listen->setVisible(m_way->currentIndex() == BuiltIn);
    m_webrootRow->setVisible(m_way->currentIndex() == Webroot);
    Q_EMIT changed();
}

void ProofForm::propose(const lifecycle::Authority& authority, const QSettings& settings)
{
    // What the operator typed while the list of authorities was on its way stays, unless another one is chosen.
    const bool another = !m_proposedFor.isEmpty() && m_proposedFor != authority.id;
    m_proposedFor = authority.id;
    if (!another && (m_listen->isModified() || m_webroot->isModified()))
        return;
    const QString usual = authority.meta.kind == u"pebble" ? u"127.0.0.1:5002"_s : u"0.0.0.0:80"_s;
    m_listen->setText(settings.value(key(authority, u"listenAddress"_s), usual).toString());
    m_webroot->setText(settings.value(key(authority, u"webroot"_s)).toString());
    m_way->setCurrentIndex(m_webroot->text().isEmpty() ? BuiltIn : Webroot);
}

void ProofForm::remember(const lifecycle::Authority& authority, QSettings& settings) const
{
    const bool webroot = m_way->currentIndex() == Webroot;
    settings.setValue(key(authority, u"listenAddress"_s), m_listen->text().trimmed());
    settings.setValue(key(authority, u"webroot"_s), webroot ? m_webroot->text().trimmed() : QString());
}

base::Result<ProofSettings> ProofForm::entered() const
{
    const QString webroot = m_webroot->text().trimmed();
    const QString listen = m_listen->text().trimmed();
    if (m_way->currentIndex() == Webroot) {
        if (webroot.isEmpty())
            return base::invalid(u"webroot"_s, tr("Name the folder that the web server serves."));
        return ProofSettings::http01Webroot(webroot);
    }
    const QString port = listen.section(u':', -1);
    bool number = false;
    const uint value = port.toUInt(&number);
    if (!listen.contains(u':') || !number || value == 0 || value > 65535)
        return base::invalid(u"listenAddress"_s, tr("Write it as ADDRESS:PORT, for example 0.0.0.0:80."));
    return ProofSettings::http01Listening(listen);
}

QString ProofForm::summary() const
{
    return m_way->currentIndex() == BuiltIn ? tr("http-01, answered on %1").arg(m_listen->text())
                                            : tr("http-01, by the folder %1").arg(m_webroot->text());
}

} // namespace ui
