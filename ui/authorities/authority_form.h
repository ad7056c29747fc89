// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lifecycle/authorities.h"
#include "ui/common/workspace.h"

#include <QWidget>

#include <stop_token>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace ui {

class Banner;
class Facts;
class Form;

/// Adds an authority: what the operator enters, what the directory says, then "Trust and add".
class AuthorityForm : public QWidget {
    Q_OBJECT

public:
    explicit AuthorityForm(Workspace& workspace, QWidget* parent = nullptr);

    /// An empty form with the cursor in the directory URL.
    void begin();

Q_SIGNALS:
    void added(const lifecycle::Authority& authority);
    void cancelled();

private:
    QWidget* makeRootEditor();
    QWidget* makeButtons();
    void applyPreset(int index);
    void readRootFile();
    void chooseRoot(int kind);
    std::optional<lifecycle::AuthorityDetails> withFingerprint(lifecycle::AuthorityDetails details);
    void check();
    void add();
    void forgetPreview();
    void stopOrLeave();
    void setWorking(const QString& words);
    void showPreview(const lifecycle::AuthorityPreview& preview);
    void showFailure(const base::Error& error);
    /// What was entered; nothing, with a fault shown, where something is missing.
    std::optional<lifecycle::AuthorityDetails> entered();

    Workspace& m_workspace;
    Form* m_form;
    QComboBox* m_preset;
    QLineEdit* m_name;
    QLineEdit* m_url;
    QComboBox* m_rootKind;
    QWidget* m_rootFileRow;
    QLineEdit* m_rootFile;
    QPlainTextEdit* m_rootPem;
    QLineEdit* m_fingerprint;
    QLineEdit* m_proxy;
    QLabel* m_working;
    QPushButton* m_cancel;
    std::stop_source m_stop; ///< of what is working now
    Banner* m_banner;
    QWidget* m_previewCard;
    Facts* m_preview;
    QPushButton* m_check;
    QPushButton* m_add;
};

} // namespace ui
